// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import java.util.Objects;

/**
 * A phase of the update that the predecessor has been through, for the report.
 *
 * @param name 1 to 47 bytes of UTF-8 without a NUL
 * @param startNanos CLOCK_MONOTONIC
 * @param durationNanos at least 0
 */
public record PhaseEntry(String name, long startNanos, long durationNanos) {

  /** Checks the duration. */
  public PhaseEntry {
    Objects.requireNonNull(name, "name");
    if (durationNanos < 0) {
      throw new IllegalArgumentException("a phase does not end before it begins: " + durationNanos);
    }
  }
}
