// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.socket;

/** Options of sockets whose value is a number. For those that are on or off, 1 and 0. */
public enum SocketOption {
  /** The address may be bound again while old connections linger. */
  REUSE_ADDRESS(1, 2),
  /** Several sockets of one user may be bound to the address. */
  REUSE_PORT(1, 15),
  /** Connections without traffic are probed. */
  KEEP_ALIVE(1, 9),
  /** Bytes of room for sending; the kernel doubles what is set. */
  SEND_BUFFER(1, 7),
  /** Bytes of room for receiving; the kernel doubles what is set. */
  RECEIVE_BUFFER(1, 8),
  /** Each message received comes with the credentials of its sender. */
  PASS_CREDENTIALS(1, 16),
  /** Each message received comes with a descriptor of the process that sent it. Since Linux 6.5. */
  PASS_PIDFD(1, 76),
  /** Small pieces are sent at once. */
  TCP_NO_DELAY(6, 1),
  /** Pieces are held back until they fill a packet. */
  TCP_CORK(6, 3),
  /** A version 6 socket does not take version 4 traffic. */
  IPV6_ONLY(41, 26);

  private final int level;
  private final int number;

  SocketOption(int level, int number) {
    this.level = level;
    this.number = number;
  }

  int level() {
    return level;
  }

  int number() {
    return number;
  }
}
