// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

/**
 * A way from a predecessor to its successor. Which ones are possible is declared when luo is
 * opened. May gain constants.
 */
public enum Crossing {
  /** The process replaces its own image; every kind of descriptor is inherited. */
  EXEC(Boundary.PROCESS),
  /** A successor that is already warm gets the descriptors by message; every kind can be sent. */
  SUCCESSOR(Boundary.PROCESS),
  /** A service manager holds the descriptors from preserve on, so that a crash loses nothing. */
  STORE(Boundary.PROCESS),
  /**
   * The kernel hands over what its own Live Update Orchestrator knows: today memfds, nothing else.
   */
  KERNEL(Boundary.KERNEL);

  private final Boundary boundary;

  Crossing(Boundary boundary) {
    this.boundary = boundary;
  }

  /** Returns what is replaced on this way. */
  public Boundary boundary() {
    return boundary;
  }
}
