// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

/** What a memfd no longer allows, once sealed. Seals cannot be taken off. */
public enum Seal {
  /** No further seals. */
  SEAL(0x1),
  /** The file does not get smaller. */
  SHRINK(0x2),
  /** The file does not get larger. */
  GROW(0x4),
  /** The contents do not change; refused with EBUSY while writable shared mappings exist. */
  WRITE(0x8),
  /** No new writable mappings and no writing; mappings that exist stay writable. */
  FUTURE_WRITE(0x10),
  /** The executable bits do not change. */
  EXEC(0x20);

  private final int bit;

  Seal(int bit) {
    this.bit = bit;
  }

  /**
   * Tells the bit that stands for it.
   *
   * @return a power of two
   */
  public int bit() {
    return bit;
  }
}
