// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import dev.luo.linux.internal.Kernel;
import dev.luo.linux.internal.Syscall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Clocks of the system, each the same for all processes outside a time namespace. */
public enum Clock {
  /** Wall-clock time since 1970, which can be set. */
  REALTIME(0),
  /**
   * Never set back; stands still while the system is suspended. {@link System#nanoTime} reads this
   * one.
   */
  MONOTONIC(1),
  /** As {@link #MONOTONIC}, and goes on while the system is suspended. */
  BOOTTIME(7);

  /**
   * A deadline that never passes, for the methods of this module that take one on {@link
   * #MONOTONIC}.
   */
  public static final long NEVER = Long.MAX_VALUE;

  static final long SECOND = 1_000_000_000L;

  private final int id;

  Clock(int id) {
    this.id = id;
  }

  /**
   * Reads the clock.
   *
   * @return nanoseconds since the clock's origin
   */
  public long nanos() {
    if (this == MONOTONIC) {
      return System.nanoTime();
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment time = arena.allocate(TimeSpec.LAYOUT);
      long result = Kernel.call(Syscall.CLOCK_GETTIME, id, time.address());
      if (result < 0) {
        throw new IllegalStateException("clock_gettime(" + this + "): " + Errno.ofResult(result));
      }
      return TimeSpec.nanos(time);
    }
  }

  /**
   * Tells how long it is until a deadline.
   *
   * @param deadlineNanos a point of {@link #MONOTONIC}, or {@link #NEVER}
   * @return nanoseconds, 0 if it has passed, {@link #NEVER} if it never does
   */
  static long until(long deadlineNanos) {
    return deadlineNanos == NEVER ? NEVER : Math.max(0, deadlineNanos - System.nanoTime());
  }
}
