// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image.fdt;

/** Numbers of the flattened form of device trees. Its own integers are big-endian. */
final class FlatTreeLayout {

  static final int MAGIC_VALUE = 0xd00d_feed;

  /** What is written, and the newest that a reader of this version has to understand. */
  static final int VERSION_VALUE = 17;

  /** The oldest version that such a tree can be read as. */
  static final int LAST_COMPATIBLE_VALUE = 16;

  static final int MAGIC = 0;
  static final int TOTAL_SIZE = 4;
  static final int OFF_STRUCT = 8;
  static final int OFF_STRINGS = 12;
  static final int OFF_RESERVATIONS = 16;
  static final int VERSION = 20;
  static final int LAST_COMPATIBLE = 24;
  static final int BOOT_CPU = 28;
  static final int SIZE_STRINGS = 32;
  static final int SIZE_STRUCT = 36;
  static final int HEADER_END = 40;

  /** Where the list of reserved memory begins, which is aligned to 8. */
  static final int RESERVATIONS = 48;

  static final int RESERVATION_SIZE = 16;

  static final int BEGIN_NODE = 1;
  static final int END_NODE = 2;
  static final int PROPERTY = 3;
  static final int NOP = 4;
  static final int END = 9;

  static final int TOKEN_SIZE = 4;

  private FlatTreeLayout() {}

  /** Rounds up to where a token can stand. */
  static int aligned(int size) {
    return (size + TOKEN_SIZE - 1) & -TOKEN_SIZE;
  }
}
