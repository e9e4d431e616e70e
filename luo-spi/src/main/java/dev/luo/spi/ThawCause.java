// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

/** Why a frozen file is unfrozen. May gain constants. */
public enum ThawCause {
  /** The update was refused or failed, and nobody else has run on the file. */
  REFUSED,
  /**
   * A successor owned the file for a while and has given it back or died. What binds the kernel object to
   * a process must be bound to this one again.
   */
  RETURNED
}
