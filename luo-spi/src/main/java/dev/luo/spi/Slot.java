// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

/**
 * The number under which a carried descriptor is found again in the successor. Unique within one
 * handover; stored in records as an unsigned 32-bit number.
 *
 * @param number at least 1; 0 is luo's own and never a handler's
 */
public record Slot(int number) implements Comparable<Slot> {

  /** Checks that the number can be a handler's. */
  public Slot {
    if (number < 1) {
      throw new IllegalArgumentException("slot must be at least 1: " + number);
    }
  }

  /**
   * Reads a slot from a record that is not to be trusted.
   *
   * @param number as it stands in the record, unsigned
   * @throws CorruptRecordException if it cannot be one
   */
  public static Slot fromRecord(int number) throws CorruptRecordException {
    if (number < 1) {
      throw new CorruptRecordException("no slot: " + Integer.toUnsignedString(number));
    }
    return new Slot(number);
  }

  @Override
  public int compareTo(Slot other) {
    return Integer.compare(number, other.number);
  }

  /** Returns the number in hexadecimal, such as {@code 0x7}. */
  @Override
  public String toString() {
    return "0x" + Integer.toHexString(number);
  }
}
