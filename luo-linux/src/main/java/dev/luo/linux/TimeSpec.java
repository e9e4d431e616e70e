// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;

/** Seconds and nanoseconds, as the kernel takes them. */
final class TimeSpec {
  static final MemoryLayout LAYOUT = MemoryLayout.sequenceLayout(2, ValueLayout.JAVA_LONG);

  private TimeSpec() {}

  static MemorySegment of(SegmentAllocator allocator, long nanos) {
    MemorySegment time = allocator.allocate(LAYOUT);
    set(time, nanos);
    return time;
  }

  static void set(MemorySegment time, long nanos) {
    time.setAtIndex(ValueLayout.JAVA_LONG, 0, Math.floorDiv(nanos, Clock.SECOND));
    time.setAtIndex(ValueLayout.JAVA_LONG, 1, Math.floorMod(nanos, Clock.SECOND));
  }

  static long nanos(MemorySegment time) {
    return time.getAtIndex(ValueLayout.JAVA_LONG, 0) * Clock.SECOND
        + time.getAtIndex(ValueLayout.JAVA_LONG, 1);
  }
}
