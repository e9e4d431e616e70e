// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.memory;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which bytes of an arena are free: best fit, neighbours joined on release. Both operations take
 * time logarithmic in the number of free ranges. Not thread-safe.
 */
final class FreeSpace {

  private record Range(long offset, long byteSize) {}

  private final TreeMap<Long, Long> sizeByOffset = new TreeMap<>();
  private final TreeSet<Range> bySize =
      new TreeSet<>(Comparator.comparingLong(Range::byteSize).thenComparingLong(Range::offset));

  FreeSpace(long offset, long byteSize) {
    add(offset, byteSize);
  }

  /**
   * Takes the smallest range that fits.
   *
   * @param alignment a power of two
   * @return the offset, or -1 if nothing fits
   */
  long take(long byteSize, long alignment) {
    for (Range range : bySize.tailSet(new Range(0, byteSize), true)) {
      long start = (range.offset + alignment - 1) & -alignment;
      long lead = start - range.offset;
      if (range.byteSize - lead < byteSize) {
        continue;
      }
      remove(range);
      if (lead > 0) {
        add(range.offset, lead);
      }
      long rest = range.byteSize - lead - byteSize;
      if (rest > 0) {
        add(start + byteSize, rest);
      }
      return start;
    }
    return -1;
  }

  void release(long offset, long byteSize) {
    long start = offset;
    long end = offset + byteSize;
    Map.Entry<Long, Long> before = sizeByOffset.floorEntry(offset);
    if (before != null && before.getKey() + before.getValue() == start) {
      start = before.getKey();
      remove(new Range(before.getKey(), before.getValue()));
    }
    Long after = sizeByOffset.get(end);
    if (after != null) {
      remove(new Range(end, after));
      end += after;
    }
    add(start, end - start);
  }

  private void add(long offset, long byteSize) {
    sizeByOffset.put(offset, byteSize);
    bySize.add(new Range(offset, byteSize));
  }

  private void remove(Range range) {
    sizeByOffset.remove(range.offset);
    bySize.remove(range);
  }
}
