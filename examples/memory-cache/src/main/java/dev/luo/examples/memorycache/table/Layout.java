// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.table;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Where everything lies in the segment, and the one place that reads and writes its numbers.
 *
 * <pre>
 *   0      header      what the table is; checksummed, never changes after creation
 *   128    state       counts, order of use, free lists; changes with every operation
 *   8192   index       one offset a bucket, 0 where it is empty
 *   ...    arena       blocks, each an item or free, from here to the end
 * </pre>
 *
 * <p>All numbers are little-endian. All references are offsets from the start of the segment; 0
 * lies in the header and therefore means none. Pages that nothing was stored in are never touched,
 * so that a large table over sparse memory costs what it holds and not what it could hold.
 */
final class Layout {
  static final long MAGIC = 0x4548_4341_434f_554cL; // "LUOCACHE" in the order of the bytes
  static final int VERSION = 1;

  static final long AT_MAGIC = 0;
  static final long AT_VERSION = 8;
  static final long AT_ITEM_LIMIT = 12;
  static final long AT_BYTE_SIZE = 16;
  static final long AT_BUCKETS = 24;
  static final long AT_SEED = 32;
  static final long AT_CREATED = 40;
  static final long AT_CHECKSUM = 48;
  private static final int CHECKSUMMED = (int) AT_CHECKSUM;

  /**
   * Odd while an operation is under way: a table found like that was torn by the death of its
   * owner.
   */
  static final long AT_SEQUENCE = 128;

  static final long AT_CAS = 136;
  static final long AT_FLUSHED_CAS = 144;
  static final long AT_FLUSH_DUE = 152;
  static final long AT_NEWEST = 160;
  static final long AT_OLDEST = 168;
  static final long AT_ITEMS = 176;
  static final long AT_ITEM_BYTES = 184;
  static final long AT_COUNTERS = 192;
  static final long AT_FREE_LISTS = 1024;
  static final long AT_INDEX = 8192;

  /** One bucket for this much memory: chains stay short down to items of a hundred bytes. */
  private static final long BYTES_PER_BUCKET = 512;

  static final long MINIMUM_SIZE = 64 * 1024;

  private static final ValueLayout.OfLong U64 =
      ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt U32 =
      ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment segment;

  Layout(MemorySegment segment) {
    if (!segment.isNative() || segment.isReadOnly() || segment.address() % Long.BYTES != 0) {
      throw new IllegalArgumentException("not writable, aligned, off-heap memory: " + segment);
    }
    this.segment = segment;
  }

  /** Writes the header of an empty table into memory that reads as zeros. */
  void writeHeader(int itemLimit, long seed, long createdSecond) {
    if (segment.byteSize() < MINIMUM_SIZE) {
      throw new IllegalArgumentException(
          "a table needs at least " + MINIMUM_SIZE + " bytes, not " + segment.byteSize());
    }
    if (longAt(AT_MAGIC) != 0) {
      throw new IllegalArgumentException("memory is not empty; open the table in it instead");
    }
    putLong(AT_MAGIC, MAGIC);
    putInt(AT_VERSION, VERSION);
    putInt(AT_ITEM_LIMIT, itemLimit);
    putLong(AT_BYTE_SIZE, byteSize());
    putLong(AT_BUCKETS, bucketsFor(byteSize()));
    putLong(AT_SEED, seed);
    putLong(AT_CREATED, createdSecond);
    putInt(AT_CHECKSUM, headerChecksum());
  }

  /** Reads the header and refuses what is not a table of this version and size, at rest. */
  void validateHeader() throws InvalidTableException {
    if (segment.byteSize() < MINIMUM_SIZE) {
      throw new InvalidTableException(
          InvalidTableException.Reason.SIZE, "only " + segment.byteSize() + " bytes of memory");
    }
    if (longAt(AT_MAGIC) != MAGIC) {
      throw new InvalidTableException(
          InvalidTableException.Reason.FOREIGN, "magic is 0x%016x".formatted(longAt(AT_MAGIC)));
    }
    if (intAt(AT_VERSION) != VERSION) {
      throw new InvalidTableException(
          InvalidTableException.Reason.VERSION,
          "layout version " + intAt(AT_VERSION) + ", understood is " + VERSION);
    }
    if (intAt(AT_CHECKSUM) != headerChecksum()) {
      throw new InvalidTableException(
          InvalidTableException.Reason.HEADER, "checksum of the header does not match");
    }
    if (longAt(AT_BYTE_SIZE) != byteSize()) {
      throw new InvalidTableException(
          InvalidTableException.Reason.SIZE,
          "made for " + longAt(AT_BYTE_SIZE) + " bytes, memory has " + byteSize());
    }
    if (buckets() != bucketsFor(byteSize()) || itemLimit() <= 0) {
      throw new InvalidTableException(
          InvalidTableException.Reason.HEADER,
          buckets() + " buckets and item limit " + itemLimit() + " are not possible");
    }
    if ((longAt(AT_SEQUENCE) & 1) != 0) {
      throw new InvalidTableException(
          InvalidTableException.Reason.TORN,
          "operation " + longAt(AT_SEQUENCE) + " was never completed");
    }
  }

  private static long bucketsFor(long byteSize) {
    return Long.highestOneBit(byteSize / BYTES_PER_BUCKET);
  }

  private int headerChecksum() {
    CRC32C checksum = new CRC32C();
    checksum.update(segment.asSlice(0, CHECKSUMMED).asByteBuffer());
    return (int) checksum.getValue();
  }

  /** Rounded down to whole granules, so that the last block ends where the arena does. */
  long byteSize() {
    return segment.byteSize() & -BlockHeap.GRANULE;
  }

  int itemLimit() {
    return intAt(AT_ITEM_LIMIT);
  }

  long buckets() {
    return longAt(AT_BUCKETS);
  }

  long arenaStart() {
    return AT_INDEX + buckets() * Long.BYTES;
  }

  long arenaEnd() {
    return byteSize();
  }

  long longAt(long offset) {
    return segment.get(U64, offset);
  }

  void putLong(long offset, long value) {
    segment.set(U64, offset, value);
  }

  int intAt(long offset) {
    return segment.get(U32, offset);
  }

  void putInt(long offset, int value) {
    segment.set(U32, offset, value);
  }

  void addLong(long offset, long delta) {
    putLong(offset, longAt(offset) + delta);
  }

  MemorySegment slice(long offset, long byteSize) {
    return segment.asSlice(offset, byteSize);
  }
}
