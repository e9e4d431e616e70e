// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static dev.luo.core.internal.image.KernelLayout.PAGE_SIZE;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * One page of the image, on the heap, used again and again. Whatever is read is copied here first
 * and then checked, so that what is used is what was checked, even if somebody still writes to the
 * memory. Not thread-safe.
 */
final class Page {

  private static final byte[] ZEROES = new byte[PAGE_SIZE];

  private final byte[] bytes = new byte[PAGE_SIZE];
  private final MemorySegment segment = MemorySegment.ofArray(bytes);
  private final ByteBuffer fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  private final CRC32C crc = new CRC32C();

  /** Copies a page of memory here. */
  void load(MemorySegment memory, long offset) {
    load(memory, offset, PAGE_SIZE);
  }

  /** Copies up to a page of memory to the beginning of this one. */
  void load(MemorySegment memory, long offset, int byteSize) {
    MemorySegment.copy(memory, offset, segment, 0, byteSize);
  }

  /** Copies this page to memory. */
  void store(MemorySegment memory, long offset) {
    store(memory, offset, 0, PAGE_SIZE);
  }

  /** Copies a part of this page to memory. */
  void store(MemorySegment memory, long offset, int at, int byteSize) {
    MemorySegment.copy(segment, at, memory, offset, byteSize);
  }

  void clear() {
    Arrays.fill(bytes, (byte) 0);
  }

  boolean isZero(int from, int to) {
    return Arrays.equals(bytes, from, to, ZEROES, 0, to - from);
  }

  /** Computes the checksum of this page. */
  int crc32c() {
    return crc32c(0, PAGE_SIZE);
  }

  /** Computes the checksum of a part of this page. */
  int crc32c(int from, int to) {
    crc.reset();
    crc.update(bytes, from, to - from);
    return (int) crc.getValue();
  }

  /** Adds this page to a running checksum. */
  void addTo(CRC32C running) {
    running.update(bytes, 0, PAGE_SIZE);
  }

  /** Returns the bytes themselves. */
  byte[] bytes() {
    return bytes;
  }

  long u64(int at) {
    return fields.getLong(at);
  }

  int u32(int at) {
    return fields.getInt(at);
  }

  int u16(int at) {
    return Short.toUnsignedInt(fields.getShort(at));
  }

  void putU64(int at, long value) {
    fields.putLong(at, value);
  }

  void putU32(int at, int value) {
    fields.putInt(at, value);
  }

  void putU16(int at, int value) {
    fields.putShort(at, (short) value);
  }
}
