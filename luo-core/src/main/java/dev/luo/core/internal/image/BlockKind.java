// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static dev.luo.core.internal.image.KernelLayout.PAGE_SIZE;

import org.jspecify.annotations.Nullable;

/** What stands in a block of the kernel's layout: in one page, or in several that lie together. */
enum BlockKind {
  /** The one page of FLBs, which is not chained. */
  FLBS(
      1,
      "FLB table",
      1,
      -1,
      KernelLayout.FLBS_COUNT,
      KernelLayout.BLOCK_ENTRIES,
      KernelLayout.FLB_SIZE),
  /** A block of session entries. */
  SESSIONS(
      2,
      "session block",
      1,
      KernelLayout.BLOCK_NEXT,
      KernelLayout.BLOCK_COUNT,
      KernelLayout.BLOCK_ENTRIES,
      KernelLayout.SESSION_SIZE),
  /** A block of file entries. */
  FILES(
      3,
      "file block",
      1,
      KernelLayout.BLOCK_NEXT,
      KernelLayout.BLOCK_COUNT,
      KernelLayout.BLOCK_ENTRIES,
      KernelLayout.FILE_SIZE),
  /** The device tree of luo-v1, which has no entries. */
  TREE(4, "tree", 1, -1, -1, PAGE_SIZE, 1),
  /** The sessions of luo-v1, all of them, and there even if there are none. */
  SESSION_AREA(
      5,
      "session area",
      KernelLayout.SESSION_AREA_PAGES,
      -1,
      KernelLayout.SESSION_AREA_COUNT,
      KernelLayout.SESSION_AREA_ENTRIES,
      KernelLayout.SESSION_SIZE),
  /** The files of a session of luo-v1. */
  FILE_AREA(6, "file area", KernelLayout.FILE_AREA_PAGES, -1, -1, 0, KernelLayout.FILE_SIZE);

  private static final BlockKind[] BY_CODE = values();

  private final int code;
  private final String text;
  private final int byteSize;
  private final int nextAt;
  private final int countAt;
  private final int entriesAt;
  private final int entrySize;
  private final int capacity;

  BlockKind(
      int code, String text, int pages, int nextAt, int countAt, int entriesAt, int entrySize) {
    this.code = code;
    this.text = text;
    this.byteSize = pages * PAGE_SIZE;
    this.nextAt = nextAt;
    this.countAt = countAt;
    this.entriesAt = entriesAt;
    this.entrySize = entrySize;
    this.capacity = (byteSize - entriesAt) / entrySize;
  }

  /** Returns null if there is no such code. */
  static @Nullable BlockKind of(int code) {
    return code >= 1 && code <= BY_CODE.length ? BY_CODE[code - 1] : null;
  }

  /** Returns the number that stands for this kind in the block table. */
  int code() {
    return code;
  }

  /** Returns the bytes of a block, whole pages. */
  int byteSize() {
    return byteSize;
  }

  /** Returns how many entries fit a block. */
  int capacity() {
    return capacity;
  }

  /** Tells whether a block may have so many entries; none of a chain is empty (LUO-SER-24). */
  boolean allows(int entries) {
    boolean mayBeEmpty = this == FLBS || this == TREE || this == SESSION_AREA;
    return entries <= capacity && (entries >= 1 || mayBeEmpty);
  }

  /** Returns how many blocks so many entries need. */
  int blocksFor(int entries) {
    return this == SESSION_AREA ? 1 : (entries + capacity - 1) / capacity;
  }

  /** Returns where an entry stands in its block. */
  int offsetOf(int entry) {
    return entriesAt + entry * entrySize;
  }

  /** Returns where a block says how many entries it has, -1 if it does not. */
  int countAt() {
    return countAt;
  }

  /** Tells whether a block says itself what the block table says of it. */
  boolean agrees(Page block, int entries) {
    return countAt < 0 || block.u64(countAt) == entries;
  }

  /** Returns the address of the block that follows, 0 if it is the last of its chain. */
  long next(Page block) {
    return nextAt < 0 ? 0 : block.u64(nextAt);
  }

  /** Fills in what stands ahead of the entries. */
  void complete(Page block, long next, int entries) {
    if (nextAt >= 0) {
      block.putU64(nextAt, next);
    }
    if (countAt >= 0) {
      block.putU64(countAt, entries);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
