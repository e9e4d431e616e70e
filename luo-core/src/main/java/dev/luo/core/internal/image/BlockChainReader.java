// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static dev.luo.core.internal.image.KernelLayout.BLOCK_COUNT;
import static dev.luo.core.internal.image.KernelLayout.BLOCK_NEXT;
import static dev.luo.core.internal.image.KernelLayout.MAX_BLOCKS;
import static dev.luo.core.internal.image.KernelLayout.PAGE_SIZE;

import dev.luo.core.ImageRefusedException;

/**
 * Reads chains of blocks. A block that is not the last may be partly filled (LUO-DES-11); each
 * block's own count is what counts.
 */
final class BlockChainReader implements Place {

  private final BlockTable table;
  private final BlockKind kind;
  private final Page page = new Page();
  private int chain = -1;
  private int blocks;
  private long next;
  private int entries;
  private int entry;

  BlockChainReader(BlockTable table, BlockKind kind) {
    this.table = table;
    this.kind = kind;
  }

  /** Goes to the beginning of the next chain; address 0 is a chain without blocks. */
  void begin(long firstBlock) {
    chain++;
    blocks = 0;
    next = firstBlock;
    entries = 0;
    entry = -1;
  }

  /** Goes to the next entry, if there is one. */
  boolean advance() throws ImageRefusedException {
    entry++;
    if (entry < entries) {
      return true;
    }
    if (next == 0) {
      return false;
    }
    loadBlock();
    return true;
  }

  private void loadBlock() throws ImageRefusedException {
    entry = -1;
    blocks++;
    if (blocks > MAX_BLOCKS) {
      throw refuse("a chain of more than " + MAX_BLOCKS + " blocks");
    }
    entries = table.take(kind, next, page, this);
    if (page.u64(BLOCK_COUNT) != entries) {
      throw refuse(
          Long.toUnsignedString(page.u64(BLOCK_COUNT))
              + " entries, and the block table has "
              + entries);
    }
    if (!page.isZero(kind.offsetOf(entries), PAGE_SIZE)) {
      throw refuse("the rest of the block is not zero");
    }
    next = page.u64(BLOCK_NEXT);
    entry = 0;
  }

  /** Returns where the current entry stands in {@link #page}. */
  int at() {
    return kind.offsetOf(entry);
  }

  Page page() {
    return page;
  }

  @Override
  public String where() {
    String session = kind == BlockKind.FILES ? " of session " + chain : "";
    if (blocks == 0) {
      return "chain of " + kind + "s" + session;
    }
    String block = kind + " " + (blocks - 1) + session;
    return entry >= 0 && entry < entries ? block + ", entry " + entry : block;
  }
}
