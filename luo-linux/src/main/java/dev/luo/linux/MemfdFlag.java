// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

/** How {@link Memfd} creates a file. */
public enum MemfdFlag {
  /** Seals may be added. Without it the file is sealed against seals. */
  ALLOW_SEALING(0x2),
  /** Of huge pages of the default size; those must have been reserved. */
  HUGETLB(0x4),
  /** Of huge pages of 2 MiB. */
  HUGETLB_2MB(0x4 | 21 << 26),
  /** Of huge pages of 1 GiB. */
  HUGETLB_1GB(0x4 | 30 << 26),
  /** Not executable, and sealed so. Implies {@link #ALLOW_SEALING}. Since Linux 6.3. */
  NOEXEC_SEAL(0x8),
  /**
   * Executable. Since Linux 6.3; which of the two holds without either is a setting of the system.
   */
  EXEC(0x10);

  private final int bits;

  MemfdFlag(int bits) {
    this.bits = bits;
  }

  int bits() {
    return bits;
  }
}
