// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * A copy of an image in which a test changes what it likes, and then corrects all checksums: an
 * image that only a fault of a writer explains. Knows the layout from {@code docs/image.md} by
 * heart, so that it does not share a mistake with the code under test.
 */
final class Forgery {

  static final int BLOCKS = 1;
  static final int FILE_FLAGS = 2;
  static final int SLOTS = 3;
  static final int EXTENTS = 4;
  static final int TIMELINE = 5;

  private static final int PAGE = 4096;

  private static final ValueLayout.OfLong U64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt U32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort U16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment memory;

  Forgery(TestMemory original) {
    memory = original.copy();
  }

  MemorySegment memory() {
    return memory;
  }

  /** Writes the bytes of a text, without a NUL. */
  void text(long at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    MemorySegment.copy(MemorySegment.ofArray(bytes), 0, memory, at, bytes.length);
  }

  /** Returns the address of the root slot in use. */
  long root() {
    return 256 + 256 * (u64(128) & 1);
  }

  long directory() {
    return u64(root() + 48);
  }

  /** Returns the address of the directory's entry for a type. */
  long directoryEntry(int type) {
    for (int i = 0; i < u32(root() + 44); i++) {
      long at = directory() + 32L * i;
      if (u32(at) == type) {
        return at;
      }
    }
    throw new AssertionError("there is no extension " + type);
  }

  /** Returns the address of a record of an extension. */
  long record(int type, int recordSize, int index) {
    return u64(directoryEntry(type) + 8) + (long) recordSize * index;
  }

  /** Returns the address of a session entry in the first session block. */
  long session(int index) {
    return u64(root() + 16) + 16 + 80L * index;
  }

  /** Returns the address of a file entry in the first file block of a session. */
  long file(int session, int index) {
    return u64(session(session) + 64) + 16 + 64L * index;
  }

  /** Returns the address of an FLB entry. */
  long flb(int index) {
    return u64(root() + 24) + 16 + 64L * index;
  }

  long u64(long at) {
    return memory.get(U64, at);
  }

  int u32(long at) {
    return memory.get(U32, at);
  }

  int u16(long at) {
    return Short.toUnsignedInt(memory.get(U16, at));
  }

  Forgery u64(long at, long value) {
    memory.set(U64, at, value);
    return this;
  }

  Forgery u32(long at, int value) {
    memory.set(U32, at, value);
    return this;
  }

  Forgery u16(long at, int value) {
    memory.set(U16, at, (short) value);
    return this;
  }

  Forgery u8(long at, int value) {
    memory.set(ValueLayout.JAVA_BYTE, at, (byte) value);
    return this;
  }

  /** Copies bytes from one place to another. */
  Forgery copy(long from, long to, long byteSize) {
    MemorySegment.copy(memory, from, memory, to, byteSize);
    return this;
  }

  /** Corrects the checksums from the blocks up to the root, and that of the header. */
  MemorySegment sealed() {
    int count = u32(root() + 44);
    for (int i = 0; i < count; i++) {
      long entry = directory() + 32L * i;
      if (u32(entry) == BLOCKS) {
        sealBlocks(u64(entry + 8), u64(entry + 16));
      }
      u32(entry + 24, crc(u64(entry + 8), (u64(entry + 16) + PAGE - 1) / PAGE * PAGE));
    }
    u32(root() + 56, crc(directory(), PAGE));
    u32(root() + 252, crc(root(), 252));
    u32(60, crc(0, 60));
    return memory;
  }

  private void sealBlocks(long table, long byteSize) {
    for (long record = table; record < table + byteSize; record += 16) {
      long block = u64(record);
      if (block >= 0 && block <= memory.byteSize() - PAGE) {
        u32(record + 8, crc(block, PAGE));
      }
    }
  }

  /** Corrects the checksum of the root and the header, and nothing below. */
  MemorySegment sealedRoot() {
    u32(root() + 252, crc(root(), 252));
    u32(60, crc(0, 60));
    return memory;
  }

  private int crc(long at, long byteSize) {
    if (at < 0 || byteSize < 0 || at > memory.byteSize() || byteSize > memory.byteSize() - at) {
      return 0;
    }
    CRC32C crc = new CRC32C();
    crc.update(memory.asSlice(at, byteSize).asByteBuffer());
    return (int) crc.getValue();
  }
}
