// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import dev.luo.core.ImageRefusedException;
import dev.luo.spi.CorruptRecordException;
import dev.luo.spi.Handle;
import dev.luo.spi.Integrity;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** The allocations of an incoming image in ascending order, with their checksums. Immutable. */
final class ExtentTable {

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
    long end = KernelLayout.PAGE_SIZE;
    for (int i = 0; i < entries.length; i++) {
      int at = records.next();
      Page page = records.page();
      long offset = page.u64(at + DirectoryLayout.EXTENT_OFFSET);
      long byteSize = page.u64(at + DirectoryLayout.EXTENT_LENGTH);
      if (offset < end) {
        throw records.refuse(
            "an allocation at 0x"
                + Long.toHexString(offset)
                + ", where what is before it ends at 0x"
                + Long.toHexString(end));
      }
      if (offset % DirectoryLayout.EXTENT_ALIGNMENT != 0
          || byteSize < 1
          || offset >= memorySize
          || byteSize > memorySize - offset) {
        throw records.refuse(
            "an allocation of "
                + Long.toUnsignedString(byteSize)
                + " bytes at 0x"
                + Long.toHexString(offset));
      }
      end = offset + byteSize;
      checksums[i] = page.u32(at + DirectoryLayout.EXTENT_CHECKSUM);
      Integrity integrity = integrity(records, at, checksums[i]);
      Owner owner =
          owners.find(
              page.u16(at + DirectoryLayout.EXTENT_OWNER_KIND),
              page.u32(at + DirectoryLayout.EXTENT_OWNER),
              records);
      entries[i] = new ExtentEntry(Handle.of(offset), byteSize, integrity, owner);
    }
    records.end();
    return new ExtentTable(List.of(entries), checksums);
  }

  private static Integrity integrity(TableReader records, int at, int checksum)
      throws ImageRefusedException {
    int code = records.page().u16(at + DirectoryLayout.EXTENT_INTEGRITY);
    Integrity integrity = Codes.integrity(code);
    if (integrity == null) {
      throw records.refuse("integrity " + code);
    }
    if ((integrity == Integrity.UNCHECKED && checksum != 0)
        || records.page().u32(at + DirectoryLayout.EXTENT_RESERVED) != 0) {
      throw records.refuse("reserved bytes are not zero");
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
