// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static dev.luo.core.internal.image.DirectoryLayout.BLOCK_ADDRESS;
import static dev.luo.core.internal.image.DirectoryLayout.BLOCK_CHECKSUM;
import static dev.luo.core.internal.image.DirectoryLayout.BLOCK_ENTRIES;
import static dev.luo.core.internal.image.DirectoryLayout.BLOCK_KIND;

import dev.luo.core.ImageRefusedException;
import java.lang.foreign.MemorySegment;

/**
 * Every page in the kernel's layout with its checksum, in the order in which a reader comes to
 * them: the FLB table, the chain of session blocks, then the chain of file blocks of each session.
 *
 * <p>It is read before any of those pages. Once its addresses are known to be different from each
 * other, the chains cannot run in a circle, meet, or go on for ever, because they have to follow it
 * page by page; and how many entries there will be is known before room is made for them.
 */
final class BlockTable {

  private final MemorySegment memory;
  private final long[] addresses;
  private final int[] checksums;
  private final byte[] kinds;
  private final byte[] entries;
  private long sessionCount;
  private long fileCount;
  private int next;

  private BlockTable(MemorySegment memory, int size) {
    this.memory = memory;
    this.addresses = new long[size];
    this.checksums = new int[size];
    this.kinds = new byte[size];
    this.entries = new byte[size];
  }

  /** Adds a record to the table that is being written. */
  static void write(TableWriter table, long address, int checksum, BlockKind kind, int entries) {
    int at = table.add();
    Page page = table.page();
    page.putU64(at + BLOCK_ADDRESS, address);
    page.putU32(at + BLOCK_CHECKSUM, checksum);
    page.putU16(at + BLOCK_KIND, kind.code());
    page.putU16(at + BLOCK_ENTRIES, entries);
  }

  /** Reads the whole table, and none of the pages it names. */
  static BlockTable read(MemorySegment memory, long memorySize, TableReader records)
      throws ImageRefusedException {
    BlockTable table = new BlockTable(memory, records.size());
    for (int i = 0; i < records.size(); i++) {
      table.readRecord(i, memorySize, records);
    }
    records.end();
    return table;
  }

  private void readRecord(int i, long memorySize, TableReader records)
      throws ImageRefusedException {
    int at = records.next();
    Page page = records.page();
    long address = page.u64(at + BLOCK_ADDRESS);
    int kind = page.u16(at + BLOCK_KIND);
    int count = page.u16(at + BLOCK_ENTRIES);
    if (!Spans.isPageOf(memorySize, address)) {
      throw records.refuse("a block at 0x" + Long.toHexString(address));
    }
    if (kind == BlockKind.SESSIONS.code() && isCount(count, BlockKind.SESSIONS)) {
      sessionCount += count;
    } else if (kind == BlockKind.FILES.code() && isCount(count, BlockKind.FILES)) {
      fileCount += count;
    } else if (kind != BlockKind.FLBS.code() || count > BlockKind.FLBS.capacity()) {
      throw records.refuse("a block of kind " + kind + " with " + count + " entries");
    }
    addresses[i] = address;
    checksums[i] = page.u32(at + BLOCK_CHECKSUM);
    kinds[i] = (byte) kind;
    entries[i] = (byte) count;
  }

  /** No block of a chain is empty (LUO-SER-24). */
  private static boolean isCount(int count, BlockKind kind) {
    return count >= 1 && count <= kind.capacity();
  }

  /** Returns how many sessions all session blocks hold together. */
  long sessionCount() {
    return sessionCount;
  }

  /** Returns how many files all file blocks hold together. */
  long fileCount() {
    return fileCount;
  }

  /** Returns where the pages lie. */
  Spans spans() {
    Spans spans = new Spans("block", addresses.length);
    for (long address : addresses) {
      spans.add(address, KernelLayout.PAGE_SIZE);
    }
    return spans;
  }

  /**
   * Takes the next page, which has to be this one.
   *
   * @return how many entries it holds
   */
  int take(BlockKind kind, long address, Page into, Place place) throws ImageRefusedException {
    if (next == addresses.length || addresses[next] != address || kinds[next] != kind.code()) {
      throw place.refuse(
          "the "
              + kind
              + " at 0x"
              + Long.toHexString(address)
              + (wasTaken(address)
                  ? " was there before: a circle, or two chains that meet"
                  : " is not what the block table has here"));
    }
    into.load(memory, address);
    if (into.crc32c() != checksums[next]) {
      throw place.refuse("the checksum is wrong");
    }
    return entries[next++];
  }

  private boolean wasTaken(long address) {
    for (int i = 0; i < next; i++) {
      if (addresses[i] == address) {
        return true;
      }
    }
    return false;
  }

  /** Checks that every page has been taken. */
  void end() throws ImageRefusedException {
    if (next != addresses.length) {
      throw new ImageRefusedException(
          "block table", "no chain leads to the block at 0x" + Long.toHexString(addresses[next]));
    }
  }
}
