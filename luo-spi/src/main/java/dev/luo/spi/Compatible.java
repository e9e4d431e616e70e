// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

import java.util.Objects;

/**
 * The versioned name of a record format, such as {@code memfd-user-v1}. Matched byte for byte:
 * there are no ranges and there is no fallback.
 *
 * @param value 1 to 47 printable ASCII characters without a blank; longer ones would be cut by the
 *     kernel's ABI and never match again (LUO-REG-12)
 */
public record Compatible(String value) implements Comparable<Compatible> {

  /** The most bytes a compatible string may have: the field's 48 less the final NUL. */
  public static final int MAX_BYTES = 47;

  /** Checks length and characters. */
  public Compatible {
    Objects.requireNonNull(value, "value");
    if (value.isEmpty() || value.length() > MAX_BYTES) {
      throw new IllegalArgumentException(
          "compatible string must have 1 to " + MAX_BYTES + " characters: \"" + value + '"');
    }
    // A stream would be shorter, and cost milliseconds in a JVM that has just started.
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c <= ' ' || c >= 0x7f) {
        throw new IllegalArgumentException(
            "compatible string must be printable ASCII without blanks: \"" + value + '"');
      }
    }
  }

  /** Returns the compatible string of that name. */
  public static Compatible of(String value) {
    return new Compatible(value);
  }

  @Override
  public int compareTo(Compatible other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
