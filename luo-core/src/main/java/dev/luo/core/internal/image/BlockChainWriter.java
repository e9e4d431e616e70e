// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import java.lang.foreign.MemorySegment;

/**
 * Writes chains of blocks, one behind the other in memory. Every block but the last of a chain is
 * full (LUO-SER-23), none is empty (LUO-SER-24), and what is not used is zero (LUO-SER-25).
 */
final class BlockChainWriter {

  private final MemorySegment memory;
  private final BlockKind kind;
  private final TableWriter table;
  private final Page page;
  private long address;
  private int remaining;
  private int entries;

  /**
   * Starts at an address.
   *
   * @param table where each block is entered
   */
  BlockChainWriter(MemorySegment memory, BlockKind kind, TableWriter table, long address) {
    this.memory = memory;
    this.kind = kind;
    this.table = table;
    this.page = new Page(kind.byteSize());
    this.address = address;
  }

  /** Begins a chain of so many entries, of which each has to be written. */
  void begin(int count) {
    remaining = count;
    if (count == 0 && kind.blocksFor(0) > 0) {
      flush();
    }
  }

  /** Begins an entry, all zero, and returns where it stands in {@link #page}. */
  int add() {
    return kind.offsetOf(entries++);
  }

  /** Ends an entry. */
  void added() {
    remaining--;
    if (remaining == 0 || entries == kind.capacity()) {
      flush();
    }
  }

  Page page() {
    return page;
  }

  private void flush() {
    kind.complete(page, remaining == 0 ? 0 : address + kind.byteSize(), entries);
    page.store(memory, address);
    BlockTable.write(table, address, page.crc32c(), kind, entries);
    page.clear();
    address += kind.byteSize();
    entries = 0;
  }
}
