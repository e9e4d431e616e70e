// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache;

import java.util.Locale;

/** Understands sizes such as {@code 4096}, {@code 64k}, {@code 512m} and {@code 1g}. */
public final class ByteSize {
  private ByteSize() {}

  /**
   * Returns how many bytes that are.
   *
   * @throws IllegalArgumentException if it is not a size
   */
  public static long parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    int shift =
        switch (lower.isEmpty() ? ' ' : lower.charAt(lower.length() - 1)) {
          case 'k' -> 10;
          case 'm' -> 20;
          case 'g' -> 30;
          default -> 0;
        };
    try {
      String digits = shift == 0 ? lower : lower.substring(0, lower.length() - 1);
      return Math.multiplyExact(Long.parseLong(digits), 1L << shift);
    } catch (NumberFormatException | ArithmeticException e) {
      throw new IllegalArgumentException("not a size such as 64k, 512m or 1g: " + text, e);
    }
  }
}
