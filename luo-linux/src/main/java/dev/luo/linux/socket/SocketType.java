// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.socket;

/**
 * What a socket keeps of what is sent.
 *
 * @param number as the kernel counts
 */
public record SocketType(int number) {
  /** Bytes in order, without boundaries. */
  public static final SocketType STREAM = new SocketType(1);

  /** Messages, without a connection. */
  public static final SocketType DATAGRAM = new SocketType(2);

  /** Messages in order, over a connection. */
  public static final SocketType SEQPACKET = new SocketType(5);

  /**
   * Shows the name.
   *
   * @return such as {@code "STREAM"}, or {@code "type 3"} for one without a name here
   */
  @Override
  public String toString() {
    return switch (number) {
      case 1 -> "STREAM";
      case 2 -> "DATAGRAM";
      case 5 -> "SEQPACKET";
      default -> "type " + number;
    };
  }
}
