// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi.paper;

import dev.luo.spi.Handle;
import dev.luo.spi.Slot;
import dev.luo.spi.Token;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Writes a record field by field, behind the header that all records of this package share: magic
 * (u32), version (u16), header size (u16), total size (u32), flags (u32). Little-endian and without
 * padding.
 */
final class RecordWriter {

  static final int HEADER_BYTES = 16;
  static final short VERSION = 1;

  static final ValueLayout.OfShort U16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  static final ValueLayout.OfInt U32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  static final ValueLayout.OfLong U64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment bytes;
  private long offset;

  /** Starts a record that fills the segment exactly. */
  RecordWriter(MemorySegment bytes, int magic, int flags) {
    this.bytes = bytes;
    u32(magic).u16(VERSION).u16(HEADER_BYTES).u32(Math.toIntExact(bytes.byteSize())).u32(flags);
  }

  RecordWriter u16(int value) {
    bytes.set(U16, offset, (short) value);
    offset += Short.BYTES;
    return this;
  }

  RecordWriter u32(int value) {
    bytes.set(U32, offset, value);
    offset += Integer.BYTES;
    return this;
  }

  RecordWriter u64(long value) {
    bytes.set(U64, offset, value);
    offset += Long.BYTES;
    return this;
  }

  RecordWriter token(Token token) {
    return u64(token.value());
  }

  RecordWriter handle(Handle handle) {
    return u64(handle.value());
  }

  /** Writes a slot, 0 for none, which is no slot of a handler's. */
  RecordWriter slot(Optional<Slot> slot) {
    return u32(slot.map(Slot::number).orElse(0));
  }

  /** Writes bytes behind their count. */
  RecordWriter bytes(byte[] value) {
    return u32(value.length).raw(value);
  }

  /** Writes bytes without a count: their number is part of the format. */
  RecordWriter raw(byte[] value) {
    MemorySegment.copy(value, 0, bytes, ValueLayout.JAVA_BYTE, offset, value.length);
    offset += value.length;
    return this;
  }

  /**
   * Checks that the record fills its allocation: a size computed wrongly is a bug of the handler.
   */
  void end() {
    if (offset != bytes.byteSize()) {
      throw new IllegalStateException(
          "record has " + offset + " bytes in an allocation of " + bytes.byteSize());
    }
  }
}
