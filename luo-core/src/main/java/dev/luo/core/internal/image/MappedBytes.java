// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import java.lang.foreign.MemorySegment;

/**
 * Bytes that are in memory.
 *
 * @param memory all of them
 */
record MappedBytes(MemorySegment memory) implements ImageBytes {

  @Override
  public long byteSize() {
    return memory.byteSize();
  }

  @Override
  public void copyTo(MemorySegment target, long offset, long byteSize) {
    MemorySegment.copy(memory, offset, target, 0, byteSize);
  }
}
