// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static dev.luo.core.internal.image.DirectoryLayout.BLOCK_ADDRESS;
import static dev.luo.core.internal.image.DirectoryLayout.BLOCK_CHECKSUM;
import static dev.luo.core.internal.image.DirectoryLayout.BLOCK_ENTRIES;
import static dev.luo.core.internal.image.DirectoryLayout.BLOCK_KIND;

import dev.luo.core.ImageRefusedException;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/**
 * Every block of the kernel's layout with its checksum, in the order in which a reader comes to
 * them: the tree if there is one, the FLB table, the chain of session blocks, then the chain of
 * file blocks of each session.
 *
 * <p>It is read before any of those blocks. Once its addresses are known to be different from each
 * other, the chains cannot run in a circle, meet, or go on for ever, because they have to follow it
 * block by block; and how many entries there will be is known before room is made for them.
 */
final class BlockTable {

  private final ImageBytes bytes;
  private final Findings findings;
  private final long[] addresses;
  private final int[] checksums;
  private final byte[] kinds;
  private final short[] entries;
  private int size;
  private long sessionCount;
  private long fileCount;
  private int next;

  private BlockTable(ImageBytes bytes, int capacity, Findings findings) {
    this.bytes = bytes;
    this.findings = findings;
    this.addresses = new long[capacity];
    this.checksums = new int[capacity];
    this.kinds = new byte[capacity];
    this.entries = new short[capacity];
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

  /** Reads the whole table, and none of the blocks it names. */
  static BlockTable read(ImageBytes bytes, long memorySize, TableReader records, Findings findings)
      throws ImageRefusedException {
    BlockTable table = new BlockTable(bytes, records.size(), findings);
    for (int i = 0; i < records.size(); i++) {
      table.readRecord(memorySize, records);
    }
    records.end();
    return table;
  }

  private void readRecord(long memorySize, TableReader records) throws ImageRefusedException {
    int at = records.next();
    Page page = records.page();
    long address = page.u64(at + BLOCK_ADDRESS);
    int code = page.u16(at + BLOCK_KIND);
    int count = page.u16(at + BLOCK_ENTRIES);
    BlockKind kind = BlockKind.of(code);
    if (!Spans.isPageOf(memorySize, address)
        || (kind != null && kind.byteSize() > memorySize - address)) {
      records.error(BLOCK_ADDRESS, "address", "a block at 0x" + Long.toHexString(address));
      return;
    }
    if (kind == null || !kind.allows(count)) {
      records.error(BLOCK_KIND, "kind", "a block of kind " + code + " with " + count + " entries");
      if (kind == null) {
        return;
      }
      count = Math.min(count, kind.capacity());
    }
    addresses[size] = address;
    checksums[size] = page.u32(at + BLOCK_CHECKSUM);
    kinds[size] = (byte) code;
    entries[size] = (short) count;
    size++;
    add(kind, count);
  }

  private void add(BlockKind kind, int count) {
    if (kind == BlockKind.SESSIONS || kind == BlockKind.SESSION_AREA) {
      sessionCount += count;
    } else if (kind == BlockKind.FILES || kind == BlockKind.FILE_AREA) {
      fileCount += count;
    }
  }

  /** Returns how many sessions all blocks of them hold together. */
  long sessionCount() {
    return sessionCount;
  }

  /** Returns how many files all blocks of them hold together. */
  long fileCount() {
    return fileCount;
  }

  /**
   * Checks that no block overlaps another one, and drops what is there twice.
   *
   * @return where the blocks lie
   */
  Spans disjoint() throws ImageRefusedException {
    Spans spans = spans();
    if (spans.requireDisjoint(findings)) {
      return spans;
    }
    Set<Long> seen = new HashSet<>();
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (seen.add(addresses[i])) {
        addresses[kept] = addresses[i];
        checksums[kept] = checksums[i];
        kinds[kept] = kinds[i];
        entries[kept] = entries[i];
        kept++;
      } else {
        add(kind(i), -entries[i]);
      }
    }
    size = kept;
    spans = spans();
    spans.sort();
    return spans;
  }

  private Spans spans() {
    Spans spans = new Spans("block", size);
    for (int i = 0; i < size; i++) {
      spans.add(addresses[i], kind(i).byteSize());
    }
    return spans;
  }

  private BlockKind kind(int index) {
    // Only what is a kind is entered.
    return Objects.requireNonNull(BlockKind.of(kinds[index]));
  }

  /** Returns the address of the next block if it is of that kind, otherwise 0. */
  long upcoming(BlockKind kind) {
    return next < size && kinds[next] == kind.code() ? addresses[next] : 0;
  }

  /**
   * Takes the next block, which has to be this one.
   *
   * @return how many entries it holds; -1 if there is no such block
   */
  int take(BlockKind kind, long address, Page into, Place place) throws ImageRefusedException {
    if (next == size || addresses[next] != address || kinds[next] != kind.code()) {
      findings.error(
          place.where(),
          address,
          "address",
          "the "
              + kind
              + " at 0x"
              + Long.toHexString(address)
              + (find(address, 0, next) >= 0
                  ? " was there before: a circle, or two chains that meet"
                  : " is not what the block table has here"));
      if (!recover(kind, address)) {
        return -1;
      }
    }
    into.load(bytes, addresses[next]);
    if (into.crc32c() != checksums[next]) {
      findings.error(place.where(), addresses[next], "block", "the checksum is wrong");
    }
    return entries[next++];
  }

  /** Goes to where the chain goes on according to the table, if there is such a place. */
  private boolean recover(BlockKind kind, long address) throws ImageRefusedException {
    int later = find(address, next, size);
    if (later >= 0 && kinds[later] == kind.code()) {
      while (next < later) {
        reportUnreached();
        next++;
      }
    }
    return next < size && kinds[next] == kind.code();
  }

  private int find(long address, int from, int to) {
    for (int i = from; i < to; i++) {
      if (addresses[i] == address) {
        return i;
      }
    }
    return -1;
  }

  /** Checks that every block has been taken. */
  void end() throws ImageRefusedException {
    for (; next < size; next++) {
      reportUnreached();
    }
  }

  private void reportUnreached() throws ImageRefusedException {
    findings.error(
        "block table",
        addresses[next],
        kind(next).toString(),
        "no chain leads to the block at 0x" + Long.toHexString(addresses[next]));
  }
}
