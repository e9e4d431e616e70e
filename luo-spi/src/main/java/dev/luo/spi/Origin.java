// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

/** How the record of an incoming file came about. May gain constants. */
public enum Origin {
  /** The workload was paused and the file frozen: the record is complete. */
  HANDOVER,
  /**
   * The predecessor died without a freeze. The record is as {@code preserve} left it, the file was
   * in use until the last moment, and whatever only {@code freeze} records is missing: verify
   * everything.
   */
  CRASH,
  /** A successor that had taken over gives the files back, frozen. */
  RETURNED
}
