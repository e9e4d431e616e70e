// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

/** Why a frozen file is unfrozen. May gain constants. */
public enum ThawCause {
  /**
   * The update was refused or failed before any successor was offered the file: nobody touched it.
   */
  REFUSED,
  /**
   * A successor may have retrieved the file, or owned it for a while, and has given it back or
   * died. What binds the kernel object to a process is bound to this one again; doing so without
   * need does no harm.
   */
  RETURNED
}
