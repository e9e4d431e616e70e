// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi.paper;

import static dev.luo.spi.paper.RecordWriter.HEADER_BYTES;
import static dev.luo.spi.paper.RecordWriter.U16;
import static dev.luo.spi.paper.RecordWriter.U32;
import static dev.luo.spi.paper.RecordWriter.U64;
import static dev.luo.spi.paper.RecordWriter.VERSION;

import dev.luo.spi.CorruptRecordException;
import dev.luo.spi.Handle;
import dev.luo.spi.Slot;
import dev.luo.spi.Token;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/**
 * Reads what {@link RecordWriter} wrote, trusting nothing: every read is bounded, every count has a
 * limit, and what cannot be is a {@link CorruptRecordException} that names the field.
 */
final class RecordReader {

  private final String name;
  private final MemorySegment bytes;
  private final int flags;
  private long offset;

  /**
   * Checks the header.
   *
   * @param name for messages
   * @param knownFlags the flags that may be set; any other bit is refused
   */
  RecordReader(String name, MemorySegment bytes, int magic, int knownFlags)
      throws CorruptRecordException {
    this.name = name;
    this.bytes = bytes;
    exactly("magic", magic, u32("magic"));
    exactly("version", VERSION, u16("version"));
    exactly("header size", HEADER_BYTES, u16("header size"));
    exactly("total size", bytes.byteSize(), Integer.toUnsignedLong(u32("total size")));
    this.flags = u32("flags");
    exactly("unknown flags", 0, flags & ~knownFlags);
  }

  /** Reads what has no header of its own, being part of another record. */
  RecordReader(String name, MemorySegment bytes) {
    this.name = name;
    this.bytes = bytes;
    this.flags = 0;
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  int u16(String field) throws CorruptRecordException {
    return Short.toUnsignedInt(bytes.get(U16, advance(field, Short.BYTES)));
  }

  int u32(String field) throws CorruptRecordException {
    return bytes.get(U32, advance(field, Integer.BYTES));
  }

  long u64(String field) throws CorruptRecordException {
    return bytes.get(U64, advance(field, Long.BYTES));
  }

  /** Reads a number of things, or of bytes. */
  int count(String field, int most) throws CorruptRecordException {
    int count = u32(field);
    if (count < 0 || count > most) {
      throw corrupt(field, "at most " + most, Integer.toUnsignedString(count));
    }
    return count;
  }

  /** Reads a size or position, which the kernel keeps as a signed number. */
  long size(String field) throws CorruptRecordException {
    long size = u64(field);
    if (size < 0) {
      throw corrupt(field, "less than 2^63", Long.toUnsignedString(size));
    }
    return size;
  }

  Token token(String field) throws CorruptRecordException {
    return Token.of(u64(field));
  }

  Handle handle(String field) throws CorruptRecordException {
    return Handle.of(u64(field));
  }

  Optional<Slot> slot(String field) throws CorruptRecordException {
    int number = u32(field);
    return number == 0 ? Optional.empty() : Optional.of(Slot.fromRecord(number));
  }

  byte[] bytes(String field, int most) throws CorruptRecordException {
    return raw(field, count(field, most));
  }

  byte[] raw(String field, int byteSize) throws CorruptRecordException {
    return bytes.asSlice(advance(field, byteSize), byteSize).toArray(ValueLayout.JAVA_BYTE);
  }

  /** Checks that nothing follows. */
  void end() throws CorruptRecordException {
    exactly("end of record", bytes.byteSize(), offset);
  }

  /** Checks a field that can have one value only. */
  void exactly(String field, long wanted, long found) throws CorruptRecordException {
    if (wanted != found) {
      throw corrupt(field, "0x" + Long.toHexString(wanted), "0x" + Long.toHexString(found));
    }
  }

  CorruptRecordException corrupt(String field, String wanted, String found) {
    return new CorruptRecordException(name + ": " + field + " is " + found + ", must be " + wanted);
  }

  private long advance(String field, long byteSize) throws CorruptRecordException {
    long start = offset;
    if (bytes.byteSize() - start < byteSize) {
      throw corrupt(field, "inside the record's " + bytes.byteSize() + " bytes", "at " + start);
    }
    offset += byteSize;
    return start;
  }
}
