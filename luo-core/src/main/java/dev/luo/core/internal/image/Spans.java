// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import dev.luo.core.ImageRefusedException;
import java.util.Arrays;

/**
 * Ranges of handover memory, to find out whether any two of them overlap. Takes time linear in the
 * number of ranges if they come in ascending order, as they do in an image that luo has written.
 */
final class Spans {

  private final String what;
  private final long[] starts;
  private final long[] ends;
  private int size;

  /** Makes an empty list with room for so many. */
  Spans(String what, int capacity) {
    this.what = what;
    this.starts = new long[capacity];
    this.ends = new long[capacity];
  }

  /** Tells whether an offset is that of a page behind page 0. */
  static boolean isPageOf(long memorySize, long offset) {
    return offset >= KernelLayout.PAGE_SIZE
        && offset <= memorySize - KernelLayout.PAGE_SIZE
        && offset % KernelLayout.PAGE_SIZE == 0;
  }

  /** Adds a range, which lies inside the memory. */
  void add(long offset, long byteSize) {
    starts[size] = offset;
    ends[size] = offset + byteSize;
    size++;
  }

  /**
   * Sorts the ranges and checks that none overlaps another.
   *
   * <p>Starts and ends are sorted apart. Where two ranges share a byte, more ranges have begun than
   * have ended by two, so some start is smaller than the end that precedes its own; where none do,
   * both orders are the same.
   *
   * @return whether they are disjoint
   */
  boolean requireDisjoint(Findings findings) throws ImageRefusedException {
    sort();
    for (int i = 1; i < size; i++) {
      if (starts[i] < ends[i - 1]) {
        findings.error(
            what, starts[i], "address", "two of them lie at 0x" + Long.toHexString(starts[i]));
        return false;
      }
    }
    return true;
  }

  /** Puts the ranges in ascending order. */
  void sort() {
    sort(starts);
    sort(ends);
  }

  private void sort(long[] offsets) {
    for (int i = 1; i < size; i++) {
      if (offsets[i] < offsets[i - 1]) {
        Arrays.sort(offsets, 0, size);
        return;
      }
    }
  }

  /**
   * Checks that no range overlaps one of another list; both are sorted and disjoint in themselves.
   */
  void requireApart(Spans other, Findings findings) throws ImageRefusedException {
    int i = 0;
    int j = 0;
    while (i < size && j < other.size) {
      if (ends[i] <= other.starts[j]) {
        i++;
      } else if (other.ends[j] <= starts[i]) {
        j++;
      } else {
        findings.error(
            what,
            other.starts[j],
            "address",
            "overlaps " + other.what + " at 0x" + Long.toHexString(other.starts[j]));
        return;
      }
    }
  }
}
