// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.handler;

import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.FdKind;
import dev.luo.linux.LinuxException;
import dev.luo.linux.socket.SocketType;
import dev.luo.linux.socket.Sockets;
import dev.luo.spi.Compatible;
import dev.luo.spi.FileHandler;
import dev.luo.spi.FinishContext;
import dev.luo.spi.Handle;
import dev.luo.spi.HandlerException;
import dev.luo.spi.IncomingContext;
import dev.luo.spi.IncomingRecord;
import dev.luo.spi.LuoException;
import dev.luo.spi.OutgoingContext;
import dev.luo.spi.Preserved;
import dev.luo.spi.PreservedContext;
import dev.luo.spi.Restored;
import dev.luo.spi.RestoredContext;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Carries a listening stream socket over the replacement of its process. Nobody who connects
 * meanwhile is refused: the kernel goes on completing connections, and they wait for the successor.
 *
 * <p><b>Preserved</b>
 *
 * <ul>
 *   <li>the socket itself: address, backlog with the connections that wait in it, options, flags.
 * </ul>
 *
 * <p><b>Not preserved</b>
 *
 * <ul>
 *   <li>connections that were accepted; they are sockets of their own.
 * </ul>
 *
 * <p><b>Restrictions</b>
 *
 * <ul>
 *   <li>no socket crosses the replacement of the kernel: it cannot be preserved where luo was
 *       opened for that.
 * </ul>
 */
public final class ListeningSocketHandler implements FileHandler<@Nullable Void> {
  private static final Compatible COMPATIBLE = Compatible.of("listening-socket-v1");

  /** Creates the handler, as the service loader does. */
  public ListeningSocketHandler() {}

  @Override
  public Compatible compatible() {
    return COMPATIBLE;
  }

  @Override
  public boolean canPreserve(Fd file) {
    try {
      return file.kind() == FdKind.SOCKET
          && Sockets.type(file).equals(SocketType.STREAM)
          && Sockets.isListening(file);
    } catch (LinuxException e) {
      return false;
    }
  }

  @Override
  public Preserved<@Nullable Void> preserve(OutgoingContext context)
      throws LuoException, IOException {
    ListeningSocketRecord record =
        new ListeningSocketRecord(
            context.carry(context.file()), Sockets.localName(context.file()).toString());
    Handle handle = context.memory().allocate(record.byteSize());
    record.encode(context.memory().map(handle));
    return Preserved.of(handle);
  }

  @Override
  public void unpreserve(PreservedContext<@Nullable Void> context) {
    // Record and carried descriptor are luo's to release, and nothing else came about.
  }

  /**
   * {@inheritDoc}
   *
   * <p>This is inside the blackout: only what costs nothing is checked here, the rest by {@link
   * #verify}.
   */
  @Override
  public Restored retrieve(IncomingContext context) throws LuoException, IOException {
    Fd socket = context.borrow(recordOf(context).slot());
    if (socket.kind() != FdKind.SOCKET) {
      throw new HandlerException("a socket was expected, not " + socket.target(), Errno.ENOTSOCK);
    }
    return Restored.live(socket);
  }

  @Override
  public void verify(RestoredContext context) throws LuoException, IOException {
    Fd socket = context.restored().file();
    if (!Sockets.isListening(socket)) {
      throw new HandlerException("the socket does not listen any more", Errno.EINVAL);
    }
    String expected = recordOf(context).address();
    String found = Sockets.localName(socket).toString();
    if (!found.equals(expected)) {
      throw new HandlerException(
          "the socket listens at " + found + " instead of " + expected, Errno.EADDRNOTAVAIL);
    }
  }

  @Override
  public void finish(FinishContext context) {
    // Whoever retrieved the socket has a descriptor of his own; without one it closes with luo's.
  }

  private static ListeningSocketRecord recordOf(IncomingRecord context) throws LuoException {
    return ListeningSocketRecord.decode(context.memory().map(context.handle()));
  }
}
