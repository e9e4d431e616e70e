// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

/** How true a restored file is to the one that was preserved. May gain constants. */
public enum Fidelity {
  /** The same kernel object: whoever else holds it notices nothing. */
  LIVE,
  /** A new kernel object with everything the handler promises to keep. */
  REBUILT,
  /** Something that the handler usually keeps is missing; the note says what. */
  DEGRADED
}
