// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

import java.time.Duration;

/**
 * A point in time on the system-wide monotonic clock ({@code CLOCK_MONOTONIC}, which is {@link
 * System#nanoTime()} on Linux), the same for predecessor and successor on one kernel.
 *
 * @param nanoTime in nanoseconds; meaningful only as a difference
 */
public record Deadline(long nanoTime) {

  /** Longer ones would not compare any more, as the clock wraps around. */
  private static final Duration LONGEST = Duration.ofDays(365 * 100);

  /** Returns the deadline that far from now; at most a hundred years. */
  public static Deadline after(Duration duration) {
    Duration bounded = duration.compareTo(LONGEST) < 0 ? duration : LONGEST;
    return new Deadline(System.nanoTime() + bounded.toNanos());
  }

  /** Returns how much time is left, zero once it has passed. */
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
  }

  /** Answers whether it has passed. */
  public boolean expired() {
    return nanoTime - System.nanoTime() <= 0;
  }
}
