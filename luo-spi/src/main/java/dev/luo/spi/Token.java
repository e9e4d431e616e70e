// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

/**
 * The caller's name for a file inside one session, an unsigned 64-bit number of the caller's
 * choice. All values are allowed.
 */
public record Token(long value) implements Comparable<Token> {

  /** Returns the token of that value. */
  public static Token of(long value) {
    return new Token(value);
  }

  @Override
  public int compareTo(Token other) {
    return Long.compareUnsigned(value, other.value);
  }

  /** Returns the value in hexadecimal, such as {@code 0x1001}. */
  @Override
  public String toString() {
    return "0x" + Long.toHexString(value);
  }
}
