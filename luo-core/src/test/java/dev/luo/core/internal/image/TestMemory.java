// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import dev.luo.core.ImageAbi;
import dev.luo.linux.Errno;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Handover memory for tests, with an allocator that goes upwards and checks what is given back. */
final class TestMemory implements PageSource {

  static final ImageIdentity IDENTITY =
      new ImageIdentity(
          0x0123_4567_89ab_cdefL, 7, UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"));

  private final MemorySegment segment;
  private final Map<Long, Long> taken = new HashMap<>();
  private long next;

  /** Makes memory whose pages are given out from {@code firstPage} on. */
  TestMemory(long byteSize, long firstPage) {
    segment = Arena.ofAuto().allocate(byteSize, KernelLayout.PAGE_SIZE);
    next = firstPage;
  }

  TestMemory(long byteSize) {
    this(byteSize, KernelLayout.PAGE_SIZE);
  }

  MemorySegment segment() {
    return segment;
  }

  ImageWriter format() {
    return format(ImageAbi.LUO_V5);
  }

  ImageWriter format(ImageAbi abi) {
    return ImageWriter.format(segment, this, IDENTITY, abi);
  }

  @Override
  public long allocate(long byteSize, long alignment) throws LuoException {
    long offset = (next + alignment - 1) & -alignment;
    if (offset + byteSize > segment.byteSize()) {
      throw new LuoException("memory is full", Errno.ENOMEM, Recovery.PROVIDE_MISSING);
    }
    // As an allocator does that uses memory again: nobody may count on zeroes.
    segment.asSlice(offset, byteSize).fill((byte) 0x5a);
    next = offset + byteSize;
    taken.put(offset, byteSize);
    return offset;
  }

  @Override
  public void free(long offset, long byteSize) {
    if (!taken.remove(offset, byteSize)) {
      throw new IllegalStateException("never given out: " + offset);
    }
  }

  /** Returns how many ranges are given out. */
  int taken() {
    return taken.size();
  }

  long takenBytes() {
    return taken.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns a copy, in which a test can change bytes. */
  MemorySegment copy() {
    return copyOf(segment, segment.byteSize());
  }

  static MemorySegment copyOf(MemorySegment memory, long byteSize) {
    return Arena.ofAuto()
        .allocate(byteSize, KernelLayout.PAGE_SIZE)
        .copyFrom(memory.asSlice(0, byteSize));
  }

  byte[] bytes(long offset, int length) {
    return segment.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE);
  }
}
