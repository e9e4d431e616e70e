// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

/** What stands in a page of the kernel's layout. */
enum BlockKind {
  /** The one page of FLBs, which is not chained. */
  FLBS(1, "FLB table", KernelLayout.FLB_SIZE),
  /** A block of session entries. */
  SESSIONS(2, "session block", KernelLayout.SESSION_SIZE),
  /** A block of file entries. */
  FILES(3, "file block", KernelLayout.FILE_SIZE);

  private final int code;
  private final String text;
  private final int entrySize;
  private final int capacity;

  BlockKind(int code, String text, int entrySize) {
    this.code = code;
    this.text = text;
    this.entrySize = entrySize;
    this.capacity = (KernelLayout.PAGE_SIZE - KernelLayout.BLOCK_ENTRIES) / entrySize;
  }

  /** Returns the number that stands for this kind in the block table. */
  int code() {
    return code;
  }

  /** Returns the bytes of one entry. */
  int entrySize() {
    return entrySize;
  }

  /** Returns how many entries fit a page. */
  int capacity() {
    return capacity;
  }

  /** Returns how many pages so many entries need. */
  int blocksFor(int entries) {
    return (entries + capacity - 1) / capacity;
  }

  /** Returns where an entry stands in its page. */
  int offsetOf(int entry) {
    return KernelLayout.BLOCK_ENTRIES + entry * entrySize;
  }

  @Override
  public String toString() {
    return text;
  }
}
