// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

/** Whether luo guards the bytes of an allocation. May gain constants. */
public enum Integrity {
  /**
   * Written during callbacks only, and covered by a checksum that is taken at freeze and verified
   * before the successor's handler sees the bytes. For records. After a crash ({@link
   * Origin#CRASH}) the bytes are newer than the last checksum and cannot be verified by it.
   */
  CHECKED,
  /**
   * Not covered: for payload that is large, or that the workload itself writes until it is paused.
   * The handler decides what it believes.
   */
  UNCHECKED
}
