// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one handler, or one shared state, may take at most; for {@link Options#limits}. Immutable:
 * every method that changes something returns a copy.
 *
 * @param bytes how much handover memory all its files may occupy together, each allocation rounded
 *     up to 64 bytes; empty for as much as there is. Whoever asks for more is answered by a {@link
 *     QuotaExceededException}
 * @param callDeadline how long one call outside the freeze may take; empty for {@link
 *     Options#callDeadline(Duration)}
 * @param freezeDeadline how long the freeze of one file may take, inside the time that {@link
 *     Options#freezeDeadline(Duration)} leaves for all; empty for all of it
 */
public record HandlerLimits(
    OptionalLong bytes, Optional<Duration> callDeadline, Optional<Duration> freezeDeadline) {

  private static final HandlerLimits NONE =
      new HandlerLimits(OptionalLong.empty(), Optional.empty(), Optional.empty());

  /**
   * Checks that every limit leaves something.
   *
   * @throws IllegalArgumentException if the bytes are negative, or a deadline is not positive
   */
  public HandlerLimits {
    if (bytes.isPresent() && bytes.getAsLong() < 0) {
      throw new IllegalArgumentException("a quota must not be negative: " + bytes.getAsLong());
    }
    requirePositive(callDeadline);
    requirePositive(freezeDeadline);
  }

  private static void requirePositive(Optional<Duration> deadline) {
    if (deadline.isPresent() && !deadline.get().isPositive()) {
      throw new IllegalArgumentException("a deadline must be positive: " + deadline.get());
    }
  }

  /** Limits nothing beyond what the options say for all. */
  public static HandlerLimits none() {
    return NONE;
  }

  /** Limits the handover memory, in bytes; with 0 there is none to be had. */
  public HandlerLimits withBytes(long most) {
    return new HandlerLimits(OptionalLong.of(most), callDeadline, freezeDeadline);
  }

  /** Limits each call outside the freeze. */
  public HandlerLimits withCallDeadline(Duration longest) {
    Objects.requireNonNull(longest, "longest");
    return new HandlerLimits(bytes, Optional.of(longest), freezeDeadline);
  }

  /** Limits the freeze of each file. */
  public HandlerLimits withFreezeDeadline(Duration longest) {
    Objects.requireNonNull(longest, "longest");
    return new HandlerLimits(bytes, callDeadline, Optional.of(longest));
  }
}
