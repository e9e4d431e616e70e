// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import java.util.Arrays;

/**
 * Finds out whether a number comes twice. Numbers mostly come in ascending order, and then nothing
 * has to be sorted: which also spares a cold virtual machine the loading of what sorts.
 */
final class DistinctNumbers {

  private long[] numbers = new long[64];
  private int size;
  private boolean ascending;

  /** Starts with no numbers, and room for so many. */
  void begin(int count) {
    if (numbers.length < count) {
      numbers = new long[Math.max(count, 2 * numbers.length)];
    }
    size = 0;
    ascending = true;
  }

  void add(long number) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * size);
    }
    ascending &= size == 0 || numbers[size - 1] < number;
    numbers[size++] = number;
  }

  /**
   * Looks for a number that was added twice, when all have been.
   *
   * @return its place in {@link #at}, or -1 if there is none
   */
  int duplicate() {
    if (ascending) {
      return -1;
    }
    Arrays.sort(numbers, 0, size);
    for (int i = 1; i < size; i++) {
      if (numbers[i] == numbers[i - 1]) {
        return i;
      }
    }
    return -1;
  }

  long at(int index) {
    return numbers[index];
  }
}
