// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.socket;

import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.LinuxException;
import dev.luo.linux.Poll;
import dev.luo.linux.process.PidFd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends any number of descriptors as a sequence of messages.
 *
 * <p>Both sides use this class, over a socket that keeps messages apart (not a stream), and send
 * nothing else between. Each message begins with two numbers of 32 bits in the machine's order: how
 * many descriptors are still to come, itself included, and how many it brings. An empty set is one
 * message.
 *
 * <p>How many descriptors may be under way is limited: a sender that has sent more than its
 * RLIMIT_NOFILE and not been read gets ETOOMANYREFS, unless privileged.
 */
public final class DescriptorBatches {
  private static final int HEADER = 8;

  private DescriptorBatches() {}

  /**
   * Sends duplicates of descriptors.
   *
   * @param socket the socket, connected
   * @param descriptors what to send, in order; they stay open here
   * @param deadlineNanos until when to wait for room, on {@link dev.luo.linux.Clock#MONOTONIC}
   * @throws LinuxException ETIMEDOUT if the deadline passes, EPROTOTYPE if the socket is a stream,
   *     EPIPE if the other side has ended the connection; some of the messages may have been sent
   */
  public static void send(Fd socket, List<Fd> descriptors, long deadlineNanos)
      throws LinuxException {
    requireBoundaries(socket);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment header = arena.allocate(HEADER, 4);
      int sent = 0;
      do {
        int end = Math.min(sent + Messages.MAX_DESCRIPTORS, descriptors.size());
        header.set(ValueLayout.JAVA_INT, 0, descriptors.size() - sent);
        header.set(ValueLayout.JAVA_INT, 4, end - sent);
        sendOne(socket, header, descriptors.subList(sent, end), deadlineNanos);
        sent = end;
      } while (sent < descriptors.size());
    }
  }

  private static void sendOne(
      Fd socket, MemorySegment header, List<Fd> descriptors, long deadlineNanos)
      throws LinuxException {
    while (true) {
      try {
        long _ =
            Messages.sendNow(socket, header, descriptors); // all of it: messages are not divided
        return;
      } catch (LinuxException failure) {
        if (!failure.errno().equals(Errno.EAGAIN)) {
          throw failure;
        }
        if (!Poll.awaitWritable(socket, deadlineNanos)) {
          throw new LinuxException(Errno.ETIMEDOUT, "sendmsg", socket.describe());
        }
      }
    }
  }

  /**
   * Receives what {@link #send} has sent. If that fails, all descriptors that came are closed.
   *
   * @param socket the socket
   * @param limit how many to accept at most
   * @param deadlineNanos until when to wait, on {@link dev.luo.linux.Clock#MONOTONIC}
   * @return the descriptors, owned by the caller, in the order of sending
   * @throws LinuxException ETIMEDOUT if the deadline passes, EPROTOTYPE if the socket is a stream,
   *     EPROTO if something else arrives, ECONNRESET if the other side ends the connection before,
   *     E2BIG if there are more than the limit
   */
  public static List<Fd> receive(Fd socket, int limit, long deadlineNanos) throws LinuxException {
    requireBoundaries(socket);
    List<Fd> received = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(HEADER, 4);
      int expected = receiveOne(socket, buffer, received, deadlineNanos);
      if (expected > limit) {
        throw new LinuxException(
            Errno.E2BIG, "recvmsg", socket.describe(), "descriptors=" + expected, "limit=" + limit);
      }
      while (received.size() < expected) {
        int before = received.size();
        int left = receiveOne(socket, buffer, received, deadlineNanos);
        if (left != expected - before || received.size() == before) {
          throw outOfStep(socket);
        }
      }
      return received;
    } catch (LinuxException | RuntimeException failure) {
      received.forEach(Fd::close);
      throw failure;
    }
  }

  /**
   * Receives one message and answers how many descriptors the sender had still to send, these
   * included.
   */
  private static int receiveOne(
      Fd socket, MemorySegment buffer, List<Fd> received, long deadlineNanos)
      throws LinuxException {
    ReceivedMessage message = receiveUntil(socket, buffer, deadlineNanos);
    message.process().ifPresent(PidFd::close);
    received.addAll(message.descriptors());
    if (message.isEnd()) {
      throw new LinuxException(Errno.ECONNRESET, "recvmsg", socket.describe());
    }
    if (message.payload().byteSize() != HEADER
        || buffer.get(ValueLayout.JAVA_INT, 4) != message.descriptors().size()) {
      throw outOfStep(socket);
    }
    int left = buffer.get(ValueLayout.JAVA_INT, 0);
    if (left < message.descriptors().size()) {
      throw outOfStep(socket);
    }
    return left;
  }

  private static ReceivedMessage receiveUntil(Fd socket, MemorySegment buffer, long deadlineNanos)
      throws LinuxException {
    while (true) {
      try {
        return Messages.receive(socket, buffer, ReceiveFlag.DO_NOT_WAIT);
      } catch (LinuxException failure) {
        if (!failure.errno().equals(Errno.EAGAIN)) {
          throw failure;
        }
        if (!Poll.awaitReadable(socket, deadlineNanos)) {
          throw new LinuxException(Errno.ETIMEDOUT, "recvmsg", socket.describe());
        }
      }
    }
  }

  private static LinuxException outOfStep(Fd socket) {
    return new LinuxException(Errno.EPROTO, "recvmsg", socket.describe());
  }

  private static void requireBoundaries(Fd socket) throws LinuxException {
    if (Sockets.type(socket).equals(SocketType.STREAM)) {
      throw new LinuxException(Errno.EPROTOTYPE, "getsockopt", socket.describe(), "type=STREAM");
    }
  }
}
