// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover.guardian;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What is said between a guardian and the process it watches: packets of a sequenced-packet socket,
 * in little-endian order, each a magic number, a kind and the fields below.
 *
 * <p>Both ends come from one version of luo, with one exception: the successor, which may be a
 * newer one, sends {@link StandDown} and reads {@link StoodDown}. These two never change.
 */
sealed interface GuardianMessage {
  /** The most descriptors that one packet takes; a limit of the kernel. */
  int MAX_DESCRIPTORS = 253;

  /** The most bytes that a packet has. */
  int MAX_BYTES = 4096;

  /** "LUOG" as it lies in memory. */
  int MAGIC = 0x474f554c;

  /** A number that stays with the kind of message. */
  int kind();

  /** Appends the fields. */
  void put(ByteBuffer packet);

  /** From the guardian: it watches, and every call it will ever make has been made once. */
  record Ready(long guardianPid) implements GuardianMessage {
    @Override
    public int kind() {
      return 1;
    }

    @Override
    public void put(ByteBuffer packet) {
      packet.putLong(guardianPid);
    }
  }

  /** To the guardian: descriptors come with this, and these are their numbers in the order sent. */
  record Carry(List<Integer> numbers) implements GuardianMessage {
    public Carry {
      numbers = List.copyOf(numbers);
    }

    @Override
    public int kind() {
      return 2;
    }

    @Override
    public void put(ByteBuffer packet) {
      packet.putInt(numbers.size());
      for (int number : numbers) {
        packet.putInt(number);
      }
    }
  }

  /** From the guardian: the message before was understood, and so many descriptors are held. */
  record Taken(int descriptors) implements GuardianMessage {
    @Override
    public int kind() {
      return 3;
    }

    @Override
    public void put(ByteBuffer packet) {
      packet.putInt(descriptors);
    }
  }

  /**
   * To the guardian: from now on, see to it that the program comes back.
   *
   * @param imageNumber which of the descriptors is the handover image
   * @param nonce the image's
   * @param descriptors how many were sent in all
   * @param deadline by when to be stood down, on the system-wide monotonic clock
   */
  record Arm(int imageNumber, long nonce, int descriptors, long deadline)
      implements GuardianMessage {
    @Override
    public int kind() {
      return 4;
    }

    @Override
    public void put(ByteBuffer packet) {
      packet.putInt(imageNumber).putLong(nonce).putInt(descriptors).putLong(deadline);
    }
  }

  /** From the guardian: it will. */
  record Armed() implements GuardianMessage {
    @Override
    public int kind() {
      return 5;
    }

    @Override
    public void put(ByteBuffer packet) {}
  }

  /**
   * To the guardian: it is no longer needed. From the successor, or from a predecessor whose update
   * failed.
   *
   * @param nonce the image's
   */
  record StandDown(long nonce) implements GuardianMessage {
    @Override
    public int kind() {
      return 6;
    }

    @Override
    public void put(ByteBuffer packet) {
      packet.putLong(nonce);
    }
  }

  /** From the guardian, as its last word: it has not acted, and will not. */
  record StoodDown() implements GuardianMessage {
    @Override
    public int kind() {
      return 7;
    }

    @Override
    public void put(ByteBuffer packet) {}
  }

  /** From the guardian, as its last word: it cannot do what was asked of it. */
  record Unable(String why) implements GuardianMessage {
    @Override
    public int kind() {
      return 8;
    }

    @Override
    public void put(ByteBuffer packet) {
      byte[] text = why.getBytes(StandardCharsets.UTF_8);
      packet.put(text, 0, Math.min(text.length, packet.remaining()));
    }
  }

  /** Writes the packet. */
  static byte[] encode(GuardianMessage message) {
    ByteBuffer packet = ByteBuffer.allocate(MAX_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    packet.putInt(MAGIC).putInt(message.kind());
    message.put(packet);
    byte[] bytes = new byte[packet.position()];
    packet.flip().get(bytes);
    return bytes;
  }

  /**
   * Reads a packet, of which nothing is taken for granted.
   *
   * @throws GuardianProtocolException if it is none of the messages
   */
  static GuardianMessage decode(byte[] bytes) throws GuardianProtocolException {
    ByteBuffer packet = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    try {
      if (packet.getInt() != MAGIC) {
        throw new GuardianProtocolException("a packet is not of this protocol");
      }
      int kind = packet.getInt();
      GuardianMessage message = decode(kind, packet);
      if (packet.hasRemaining()) {
        throw new GuardianProtocolException("a packet of kind " + kind + " is too long");
      }
      return message;
    } catch (BufferUnderflowException tooShort) {
      throw new GuardianProtocolException("a packet is too short", tooShort);
    }
  }

  private static GuardianMessage decode(int kind, ByteBuffer packet)
      throws GuardianProtocolException {
    return switch (kind) {
      case 1 -> new Ready(packet.getLong());
      case 2 -> new Carry(numbers(packet));
      case 3 -> new Taken(packet.getInt());
      case 4 -> new Arm(packet.getInt(), packet.getLong(), packet.getInt(), packet.getLong());
      case 5 -> new Armed();
      case 6 -> new StandDown(packet.getLong());
      case 7 -> new StoodDown();
      case 8 -> {
        byte[] text = new byte[packet.remaining()];
        packet.get(text);
        yield new Unable(new String(text, StandardCharsets.UTF_8));
      }
      default -> throw new GuardianProtocolException("there is no packet of kind " + kind);
    };
  }

  private static List<Integer> numbers(ByteBuffer packet) throws GuardianProtocolException {
    int count = packet.getInt();
    if (count < 0 || count > MAX_DESCRIPTORS) {
      throw new GuardianProtocolException("a packet claims to carry " + count + " descriptors");
    }
    List<Integer> numbers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      numbers.add(packet.getInt());
    }
    return numbers;
  }
}
