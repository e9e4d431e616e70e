// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static dev.luo.core.internal.image.KernelLayout.MAX_BLOCKS;

import dev.luo.core.ImageRefusedException;

/**
 * Reads chains of blocks. A block that is not the last may be partly filled (LUO-DES-11); each
 * block's own count is what counts. Where the form has no chains, each is one block long.
 */
final class BlockChainReader implements Place {

  private final BlockTable table;
  private final BlockKind kind;
  private final Findings findings;
  private final Page page;
  private int chain = -1;
  private int blocks;
  private long address;
  private long next;
  private int entries;
  private int entry;

  BlockChainReader(BlockTable table, BlockKind kind, Findings findings) {
    this.table = table;
    this.kind = kind;
    this.findings = findings;
    this.page = new Page(kind.byteSize());
  }

  /** Goes to the beginning of the next chain; address 0 is a chain without blocks. */
  void begin(long firstBlock) {
    chain++;
    blocks = 0;
    next = firstBlock;
    entries = 0;
    entry = -1;
  }

  /** Goes on where the block table does, for want of a better way; tells whether there is one. */
  boolean resume() {
    next = table.upcoming(kind);
    return next != 0;
  }

  /** Goes to the next entry, if there is one. */
  boolean advance() throws ImageRefusedException {
    entry++;
    while (entry >= entries) {
      if (next == 0) {
        return false;
      }
      loadBlock();
    }
    return true;
  }

  private void loadBlock() throws ImageRefusedException {
    entry = 0;
    entries = 0;
    blocks++;
    address = next;
    next = 0;
    if (blocks > MAX_BLOCKS) {
      error("next", "a chain of more than " + MAX_BLOCKS + " blocks");
      return;
    }
    int taken = table.take(kind, address, page, this);
    if (taken < 0) {
      return;
    }
    if (!kind.agrees(page, taken)) {
      findings.error(
          this,
          kind.countAt(),
          "count",
          Long.toUnsignedString(page.u64(kind.countAt()))
              + " entries, and the block table has "
              + taken);
    }
    if (!page.isZero(kind.offsetOf(taken), kind.byteSize())) {
      findings.error(this, kind.offsetOf(taken), "rest", "the rest of the block is not zero");
    }
    entries = taken;
    next = kind.next(page);
  }

  /** Reports what is wrong with the chain or with its current entry. */
  void error(String field, String what) throws ImageRefusedException {
    findings.error(this, entry < 0 ? 0 : at(), field, what);
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

  @Override
  public long address() {
    return address;
  }
}
