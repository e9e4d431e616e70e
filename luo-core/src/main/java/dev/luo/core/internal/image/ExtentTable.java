// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import dev.luo.core.ImageRefusedException;
import dev.luo.spi.CorruptRecordException;
import dev.luo.spi.Handle;
import dev.luo.spi.Integrity;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/** The allocations of an incoming image in ascending order, with their checksums. Immutable. */
final class ExtentTable {

  static final ExtentTable EMPTY = new ExtentTable(List.of(), new int[0]);

  private final List<ExtentEntry> entries;
  private final int[] checksums;

  private ExtentTable(List<ExtentEntry> entries, int[] checksums) {
    this.entries = entries;
    this.checksums = checksums;
  }

  /** Reads the table and checks everything except the bytes of the allocations. */
  static ExtentTable read(TableReader records, long memorySize, Owners owners)
      throws ImageRefusedException {
    ExtentEntry[] entries = new ExtentEntry[records.size()];
    int[] checksums = new int[entries.length];
    int kept = 0;
    long end = KernelLayout.PAGE_SIZE;
    for (int i = 0; i < entries.length; i++) {
      int at = records.next();
      Page page = records.page();
      long offset = page.u64(at + DirectoryLayout.EXTENT_OFFSET);
      long byteSize = page.u64(at + DirectoryLayout.EXTENT_LENGTH);
      boolean possible = isPossible(records, offset, byteSize, end, memorySize);
      int checksum = page.u32(at + DirectoryLayout.EXTENT_CHECKSUM);
      Integrity integrity = integrity(records, at, checksum);
      Owner owner =
          owners.find(
              page.u16(at + DirectoryLayout.EXTENT_OWNER_KIND),
              page.u32(at + DirectoryLayout.EXTENT_OWNER),
              records,
              DirectoryLayout.EXTENT_OWNER);
      if (possible) {
        end = offset + byteSize;
        checksums[kept] = checksum;
        entries[kept++] = new ExtentEntry(Handle.of(offset), byteSize, integrity, owner);
      }
    }
    records.end();
    return new ExtentTable(
        List.of(kept == entries.length ? entries : Arrays.copyOf(entries, kept)), checksums);
  }

  private static boolean isPossible(
      TableReader records, long offset, long byteSize, long end, long memorySize)
      throws ImageRefusedException {
    if (offset < end) {
      records.error(
          DirectoryLayout.EXTENT_OFFSET,
          "offset",
          "an allocation at 0x"
              + Long.toHexString(offset)
              + ", where what is before it ends at 0x"
              + Long.toHexString(end));
      return false;
    }
    if (offset % DirectoryLayout.EXTENT_ALIGNMENT != 0
        || byteSize < 1
        || offset >= memorySize
        || byteSize > memorySize - offset) {
      records.error(
          DirectoryLayout.EXTENT_OFFSET,
          "offset",
          "an allocation of "
              + Long.toUnsignedString(byteSize)
              + " bytes at 0x"
              + Long.toHexString(offset));
      return false;
    }
    return true;
  }

  private static Integrity integrity(TableReader records, int at, int checksum)
      throws ImageRefusedException {
    int code = records.page().u16(at + DirectoryLayout.EXTENT_INTEGRITY);
    Integrity integrity = Codes.integrity(code);
    if (integrity == null) {
      records.error(DirectoryLayout.EXTENT_INTEGRITY, "integrity", "integrity " + code);
      integrity = Integrity.UNCHECKED;
    } else if (integrity == Integrity.UNCHECKED && checksum != 0) {
      records.error(DirectoryLayout.EXTENT_CHECKSUM, "checksum", "reserved bytes are not zero");
    }
    if (records.page().u32(at + DirectoryLayout.EXTENT_RESERVED) != 0) {
      records.error(DirectoryLayout.EXTENT_RESERVED, "reserved", "reserved bytes are not zero");
    }
    return integrity;
  }

  List<ExtentEntry> entries() {
    return entries;
  }

  /** Returns where the allocations lie. */
  Spans spans() {
    Spans spans = new Spans("allocation", entries.size());
    for (int i = 0; i < entries.size(); i++) {
      spans.add(entries.get(i).handle().value(), entries.get(i).byteSize());
    }
    return spans;
  }

  /** Finds an allocation by its handle, or answers -1. */
  int find(Handle handle) {
    int low = 0;
    int high = entries.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Long.compare(entries.get(middle).handle().value(), handle.value());
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  /** Tells whether an allocation holds what it held when the image was published. */
  boolean isIntact(int index, ImageBytes bytes, Page scratch) {
    ExtentEntry extent = entries.get(index);
    return extent.integrity() == Integrity.UNCHECKED
        || Checksums.of(bytes, extent.handle().value(), extent.byteSize(), scratch)
            == checksums[index];
  }

  /** Checks that an allocation holds what it held when the image was published. */
  void verify(int index, MemorySegment memory) throws CorruptRecordException {
    ExtentEntry extent = entries.get(index);
    if (extent.integrity() == Integrity.CHECKED
        && Checksums.of(memory, extent.handle().value(), extent.byteSize()) != checksums[index]) {
      throw new CorruptRecordException(
          "the "
              + extent.byteSize()
              + " bytes at "
              + extent.handle()
              + " are not those that "
              + extent.owner()
              + " left");
    }
  }
}
