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
 * One page of the image, or a few that lie together, on the heap, used again and again. Whatever is
 * read is copied here first and then checked, so that what is used is what was checked, even if
 * somebody still writes to the memory. Not thread-safe.
 */
final class Page {

  private static final byte[] ZEROES = new byte[PAGE_SIZE];

  private final byte[] bytes;
  private final MemorySegment segment;
  private final ByteBuffer fields;
  private final CRC32C crc = new CRC32C();

  /** Makes one page. */
  Page() {
    this(PAGE_SIZE);
  }

  /** Makes room for whole pages. */
  Page(int byteSize) {
    bytes = new byte[byteSize];
    segment = MemorySegment.ofArray(bytes);
    fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Returns the bytes of it. */
  int byteSize() {
    return bytes.length;
  }

  /** Fills it with bytes of an image. */
  void load(ImageBytes image, long offset) {
    load(image, offset, bytes.length);
  }

  /** Fills its beginning with bytes of an image. */
  void load(ImageBytes image, long offset, int byteSize) {
    image.copyTo(segment, offset, byteSize);
  }

  /** Copies it to memory. */
  void store(MemorySegment memory, long offset) {
    store(memory, offset, 0, bytes.length);
  }

  /** Copies a part of it to memory. */
  void store(MemorySegment memory, long offset, int at, int byteSize) {
    MemorySegment.copy(segment, at, memory, offset, byteSize);
  }

  void clear() {
    Arrays.fill(bytes, (byte) 0);
  }

  boolean isZero(int from, int to) {
    for (int at = from; at < to; at += PAGE_SIZE) {
      int end = Math.min(to, at + PAGE_SIZE);
      if (!Arrays.equals(bytes, at, end, ZEROES, 0, end - at)) {
        return false;
      }
    }
    return true;
  }

  /** Computes the checksum of all of it. */
  int crc32c() {
    return crc32c(0, bytes.length);
  }

  /** Computes the checksum of a part of it. */
  int crc32c(int from, int to) {
    crc.reset();
    crc.update(bytes, from, to - from);
    return (int) crc.getValue();
  }

  /** Adds all of it to a running checksum. */
  void addTo(CRC32C running) {
    running.update(bytes, 0, bytes.length);
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
