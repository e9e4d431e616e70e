// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.socket;

/** How {@link Messages#receive} receives. */
public enum ReceiveFlag {
  /** Leaves the message where it is; the descriptors that come are duplicates. */
  PEEK(0x2),
  /** Answers EAGAIN where it would have to wait. */
  DO_NOT_WAIT(0x40),
  /** Bytes that do not fit are dropped without complaint. */
  MAY_TRUNCATE(0);

  private final int bits;

  ReceiveFlag(int bits) {
    this.bits = bits;
  }

  int bits() {
    return bits;
  }
}
