// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi.paper;

import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.FdKind;
import dev.luo.linux.LinuxException;
import dev.luo.linux.socket.SocketType;
import dev.luo.linux.socket.Sockets;
import dev.luo.spi.Compatible;
import dev.luo.spi.CorruptRecordException;
import dev.luo.spi.FileHandler;
import dev.luo.spi.FinishContext;
import dev.luo.spi.FreezeContext;
import dev.luo.spi.Handle;
import dev.luo.spi.HandlerException;
import dev.luo.spi.IncomingContext;
import dev.luo.spi.LuoException;
import dev.luo.spi.Origin;
import dev.luo.spi.OutgoingContext;
import dev.luo.spi.Preserved;
import dev.luo.spi.PreservedContext;
import dev.luo.spi.Restored;
import dev.luo.spi.RestoredContext;
import dev.luo.spi.Slot;
import dev.luo.spi.ThawCause;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Carries a stream socket on which the application has read bytes that it has not answered yet.
 *
 * <p><b>Preserved</b>
 *
 * <ul>
 *   <li>the socket itself, with its peer, options and everything the kernel has queued;
 *   <li>the bytes that an attached {@link UnreadBytes} still has at freeze.
 * </ul>
 *
 * <p><b>Not preserved</b>
 *
 * <ul>
 *   <li>after a crash: the bytes the application had read. The socket comes back {@code DEGRADED}.
 * </ul>
 *
 * <p><b>Restrictions</b>
 *
 * <ul>
 *   <li>no kernel crossing: its orchestrator knows no sockets, and {@code carry} says so at
 *       preserve;
 *   <li>at most {@value #MOST_UNREAD} unread bytes. More refuse the freeze, since the blackout
 *       would pay.
 * </ul>
 */
final class SocketHandler implements FileHandler<Slot> {

  /**
   * The application's buffer. It is asked while the workload is paused and must answer without
   * waiting.
   */
  interface UnreadBytes {
    /** Returns a copy of what was read and not yet answered, oldest first. */
    byte[] unread();
  }

  /** What the successor's application gets beside its socket: what to consume before it reads. */
  record HandedOver(ByteBuffer unread) {}

  static final int MOST_UNREAD = 1 << 20;

  private static final Compatible COMPATIBLE = Compatible.of("paper-socket-v1");

  @Override
  public Compatible compatible() {
    return COMPATIBLE;
  }

  @Override
  public boolean canPreserve(Fd file) {
    try {
      return file.kind() == FdKind.SOCKET && Sockets.type(file).equals(SocketType.STREAM);
    } catch (LinuxException notOpen) {
      return false;
    }
  }

  @Override
  public Preserved<Slot> preserve(OutgoingContext context) throws LuoException, LinuxException {
    Slot slot = context.carry(context.file());
    boolean buffered = context.attachment(UnreadBytes.class).isPresent();
    // The buffer is not asked yet: bytes of now would be answered twice if this process crashed
    // later.
    SocketRecord record =
        new SocketRecord(slot, context.file().identity().inode(), buffered, Optional.empty());
    return new Preserved<>(write(record, context), slot);
  }

  @Override
  public void unpreserve(PreservedContext<Slot> context) {
    // Nothing outside of luo was touched.
  }

  @Override
  public Handle freeze(FreezeContext<Slot> context) throws LuoException, LinuxException {
    Optional<UnreadBytes> buffer = context.attachment(UnreadBytes.class);
    if (buffer.isEmpty()) {
      return context.handle();
    }
    byte[] unread = buffer.get().unread();
    if (unread.length > MOST_UNREAD) {
      throw new HandlerException(
          unread.length + " bytes are read and not answered, at most " + MOST_UNREAD + " can cross",
          Errno.EMSGSIZE);
    }
    SocketRecord record =
        new SocketRecord(
            context.runtime(), context.file().identity().inode(), true, Optional.of(unread));
    Handle replacement = write(record, context);
    // Nothing can fail any more, so the old record may go.
    context.memory().free(context.handle());
    return replacement;
  }

  @Override
  public void unfreeze(PreservedContext<Slot> context, ThawCause cause) {
    // The application goes on consuming: the recorded bytes are stale from here on, and a crash
    // must not
    // hand them out.
    SocketRecord.invalidateUnread(context.memory().map(context.handle()));
  }

  @Override
  public Restored retrieve(IncomingContext context) throws LuoException, LinuxException {
    SocketRecord record = SocketRecord.read(context.memory().map(context.handle()));
    Fd socket = context.borrow(record.slot());
    check(socket, record);
    Restored restored = Restored.live(socket);
    if (!record.buffered()) {
      return restored;
    }
    if (context.origin() == Origin.CRASH || record.unread().isEmpty()) {
      return Restored.degraded(
          socket, "the bytes that the application had read from the socket are lost");
    }
    return restored.with(new HandedOver(ByteBuffer.wrap(record.unread().get())));
  }

  @Override
  public void verify(RestoredContext context) throws LuoException, LinuxException {
    check(context.restored().file(), SocketRecord.read(context.memory().map(context.handle())));
  }

  @Override
  public void finish(FinishContext context) {
    // The socket is the embedder's or luo's; nothing else was made.
  }

  /**
   * A socket's inode number is the socket's own, on one kernel: another one is another connection.
   */
  private static void check(Fd socket, SocketRecord record) throws LuoException, LinuxException {
    if (socket.kind() != FdKind.SOCKET) {
      throw new CorruptRecordException("carried descriptor is no socket: " + socket.describe());
    }
    if (socket.identity().inode() != record.inode()) {
      throw new CorruptRecordException(
          "carried socket has inode " + socket.identity().inode() + ", record " + record.inode());
    }
  }

  private static Handle write(SocketRecord record, OutgoingContext context) throws LuoException {
    Handle handle = context.memory().allocate(record.byteSize());
    MemorySegment bytes = context.memory().map(handle);
    record.write(bytes);
    return handle;
  }
}
