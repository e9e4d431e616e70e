// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover.guardian;

import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.LinuxException;
import dev.luo.linux.Poll;
import dev.luo.linux.socket.Messages;
import dev.luo.linux.socket.ReceiveFlag;
import dev.luo.linux.socket.ReceivedMessage;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * Sends and receives {@link GuardianMessage}s over one end of a link, which belongs to somebody
 * else.
 */
final class GuardianChannel {
  private final Fd socket;

  GuardianChannel(Fd socket) {
    this.socket = socket;
  }

  /** What came over the link. */
  sealed interface Arrival {
    /** A message, with descriptors that now belong to the receiver. */
    record Message(GuardianMessage message, List<Fd> descriptors) implements Arrival {}

    /** The other side is gone, and everything it ever said has been read. */
    record Gone() implements Arrival {}

    /** Nothing came in time. */
    record Late() implements Arrival {}
  }

  Fd socket() {
    return socket;
  }

  void send(GuardianMessage message) throws LinuxException {
    send(message, List.of());
  }

  /** Sends a message with duplicates of descriptors. */
  void send(GuardianMessage message, List<Fd> descriptors) throws LinuxException {
    byte[] packet = GuardianMessage.encode(message);
    try (Arena arena = Arena.ofConfined()) {
      long _ =
          Messages.send(socket, arena.allocateFrom(ValueLayout.JAVA_BYTE, packet), descriptors);
    }
  }

  /**
   * Waits for the next message.
   *
   * @param deadline until when, on the monotonic clock; a time that has passed looks and does not
   *     wait
   * @throws GuardianProtocolException if something else comes
   */
  Arrival receive(long deadline) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(GuardianMessage.MAX_BYTES);
      while (true) {
        if (!Poll.awaitReadable(socket, deadline)) {
          return new Arrival.Late();
        }
        try {
          return arrival(Messages.receive(socket, buffer, ReceiveFlag.DO_NOT_WAIT));
        } catch (LinuxException failure) {
          if (failure.errno().equals(Errno.ECONNRESET)) {
            return new Arrival.Gone();
          }
          if (!failure.errno().equals(Errno.EAGAIN)) {
            throw failure;
          }
        }
      }
    }
  }

  private static Arrival arrival(ReceivedMessage received) throws GuardianProtocolException {
    if (received.isEnd()) {
      return new Arrival.Gone();
    }
    List<Fd> descriptors = received.descriptors();
    try {
      GuardianMessage message =
          GuardianMessage.decode(received.payload().toArray(ValueLayout.JAVA_BYTE));
      int announced = message instanceof GuardianMessage.Carry carry ? carry.numbers().size() : 0;
      if (descriptors.size() != announced) {
        throw new GuardianProtocolException(
            "a packet announces " + announced + " descriptors and brings " + descriptors.size());
      }
      return new Arrival.Message(message, descriptors);
    } catch (GuardianProtocolException failure) {
      descriptors.forEach(Fd::close);
      throw failure;
    }
  }
}
