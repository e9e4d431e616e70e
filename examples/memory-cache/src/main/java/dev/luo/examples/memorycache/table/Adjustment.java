// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.table;

/** What became of an attempt to count an item up or down. */
public sealed interface Adjustment {
  /**
   * The item holds a new number.
   *
   * @param value 64 bits without sign
   */
  record Adjusted(long value) implements Adjustment {}

  /** There is no such item. */
  record NotFound() implements Adjustment {}

  /** The item's value is not a decimal number of 64 bits. */
  record NotNumeric() implements Adjustment {}

  /** The longer number found no place. */
  record OutOfMemory() implements Adjustment {}
}
