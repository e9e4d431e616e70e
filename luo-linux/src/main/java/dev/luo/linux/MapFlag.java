// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

/**
 * How {@link Mapping} maps. Without any: shared, readable and writable, pages as they are touched.
 */
public enum MapFlag {
  /**
   * Not writable. The only way to map a file that is sealed against writing, or open for reading
   * only.
   */
  READ_ONLY(0),
  /** Writes stay in this process; the file does not change. */
  PRIVATE(0),
  /** All pages are brought in before the call returns. */
  POPULATE(0x8000),
  /** No swap space is set aside. */
  NO_RESERVE(0x4000);

  private final int bits;

  MapFlag(int bits) {
    this.bits = bits;
  }

  int bits() {
    return bits;
  }
}
