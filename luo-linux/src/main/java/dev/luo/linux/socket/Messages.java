// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.socket;

import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.LinuxException;
import dev.luo.linux.internal.Kernel;
import dev.luo.linux.internal.Syscall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sends and receives bytes together with descriptors.
 *
 * <p>Descriptors received are close-on-exec. A peer that is gone is an error, never a signal.
 * Memory is native.
 */
public final class Messages {
  /** How many descriptors the kernel lets travel with one message. */
  public static final int MAX_DESCRIPTORS = 253;

  private static final int MSG_CTRUNC = 0x8;
  private static final int MSG_TRUNC = 0x20;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int MSG_CMSG_CLOEXEC = 0x40000000;

  /** The size of struct msghdr, and behind it struct iovec. */
  private static final long HEADER = 56;

  private Messages() {}

  /**
   * Sends bytes.
   *
   * @param socket the socket, connected
   * @param payload the bytes
   * @return how many were sent, which on a stream may be fewer than there are
   * @throws LinuxException as {@link #send(Fd, MemorySegment, List)}
   */
  public static long send(Fd socket, MemorySegment payload) throws LinuxException {
    return send(socket, payload, List.of());
  }

  /**
   * Sends bytes and duplicates of descriptors; waits for room unless the socket does not wait.
   *
   * @param socket the socket, connected; a Unix socket if there are descriptors
   * @param payload the bytes; at least one, or a stream drops the descriptors
   * @param descriptors what to send along; they stay open here
   * @return how many bytes were sent, which on a stream may be fewer than there are; the
   *     descriptors go with the first
   * @throws IllegalArgumentException if there are more than {@link #MAX_DESCRIPTORS}
   * @throws LinuxException EAGAIN if there is no room and the socket does not wait, EPIPE or
   *     ECONNRESET if the other side has ended the connection, EMSGSIZE if the message is too
   *     large, ETOOMANYREFS if too many descriptors are under way
   */
  public static long send(Fd socket, MemorySegment payload, List<Fd> descriptors)
      throws LinuxException {
    return send(socket, payload, descriptors, 0);
  }

  /** Sends, or answers EAGAIN where it would have to wait. */
  static long sendNow(Fd socket, MemorySegment payload, List<Fd> descriptors)
      throws LinuxException {
    return send(socket, payload, descriptors, MSG_DONTWAIT);
  }

  private static long send(Fd socket, MemorySegment payload, List<Fd> descriptors, int flags)
      throws LinuxException {
    if (descriptors.size() > MAX_DESCRIPTORS) {
      throw new IllegalArgumentException(
          descriptors.size()
              + " descriptors do not fit into one message: the kernel takes "
              + MAX_DESCRIPTORS);
    }
    List<Fd.Hold> holds = new ArrayList<>(descriptors.size());
    try (Arena arena = Arena.ofConfined();
        Fd.Hold held = socket.hold()) {
      MemorySegment control = MemorySegment.NULL;
      if (!descriptors.isEmpty()) {
        descriptors.forEach(descriptor -> holds.add(descriptor.hold()));
        control = arena.allocate(ControlMessages.sizeOfRights(holds.size()), 8);
        ControlMessages.writeRights(control, holds);
      }
      MemorySegment header = header(arena, payload, control);
      long result = transfer(Syscall.SENDMSG, held.number(), header, flags | MSG_NOSIGNAL, payload);
      if (result < 0) {
        throw new LinuxException(
            Errno.ofResult(result),
            "sendmsg",
            "fd=" + held.number(),
            "size=" + payload.byteSize(),
            "descriptors=" + descriptors.size());
      }
      return result;
    } finally {
      holds.forEach(Fd.Hold::close);
    }
  }

  /**
   * Receives bytes and descriptors; waits for them unless the socket does not wait.
   *
   * @param socket the socket
   * @param buffer where the bytes go
   * @param flags how
   * @return what came
   * @throws MessageTruncatedException if not all of it did; what came of the descriptors has been
   *     closed
   * @throws LinuxException EAGAIN if there is nothing and the socket does not wait, ECONNRESET if
   *     the other side has broken the connection
   */
  public static ReceivedMessage receive(Fd socket, MemorySegment buffer, ReceiveFlag... flags)
      throws LinuxException {
    int bits = MSG_CMSG_CLOEXEC;
    for (ReceiveFlag flag : flags) {
      bits |= flag.bits();
    }
    boolean mayTruncate = Arrays.asList(flags).contains(ReceiveFlag.MAY_TRUNCATE);
    try (Arena arena = Arena.ofConfined();
        Fd.Hold held = socket.hold()) {
      MemorySegment control = arena.allocate(ControlMessages.capacity(), 8);
      MemorySegment header = header(arena, buffer, control);
      long result = transfer(Syscall.RECVMSG, held.number(), header, bits, buffer);
      if (result < 0) {
        throw new LinuxException(
            Errno.ofResult(result),
            "recvmsg",
            "fd=" + held.number(),
            "buffer=" + buffer.byteSize());
      }
      long controlSize = header.get(ValueLayout.JAVA_LONG, 40);
      int outcome = header.get(ValueLayout.JAVA_INT, 48);
      ControlMessages received = ControlMessages.read(control.asSlice(0, controlSize));
      try {
        boolean descriptorsLost = (outcome & MSG_CTRUNC) != 0;
        if (descriptorsLost || ((outcome & MSG_TRUNC) != 0 && !mayTruncate)) {
          throw new MessageTruncatedException(descriptorsLost, held.number(), buffer.byteSize());
        }
        return received.toMessage(buffer.asSlice(0, result));
      } catch (LinuxException | RuntimeException failure) {
        received.close();
        throw failure;
      }
    }
  }

  private static MemorySegment header(
      SegmentAllocator allocator, MemorySegment payload, MemorySegment control) {
    MemorySegment header = allocator.allocate(HEADER + 16, 8);
    MemorySegment vector = header.asSlice(HEADER);
    vector.set(ValueLayout.JAVA_LONG, 0, payload.address());
    vector.set(ValueLayout.JAVA_LONG, 8, payload.byteSize());
    header.set(ValueLayout.JAVA_LONG, 16, vector.address());
    header.set(ValueLayout.JAVA_LONG, 24, 1);
    header.set(ValueLayout.JAVA_LONG, 32, control.address());
    header.set(ValueLayout.JAVA_LONG, 40, control.byteSize());
    return header;
  }

  /**
   * The kernel ignores the fourth argument; it is there so that the caller's memory stays allocated
   * meanwhile.
   */
  private static long transfer(
      Syscall call, int socket, MemorySegment header, int flags, MemorySegment payload) {
    MemorySegment number = Kernel.number(socket);
    MemorySegment bits = Kernel.number(Integer.toUnsignedLong(flags));
    long result;
    do {
      result =
          Kernel.call(call, number, header, bits, payload, MemorySegment.NULL, MemorySegment.NULL);
    } while (Kernel.interrupted(result));
    return result;
  }
}
