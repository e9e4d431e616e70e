// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import java.lang.foreign.MemorySegment;

/** Where the bytes of an image come from. What is read is copied, and then the copy is checked. */
public interface ImageBytes {

  /** Returns how many there are; what is behind them is not asked for. */
  long byteSize();

  /** Copies bytes to the beginning of a segment. */
  void copyTo(MemorySegment target, long offset, long byteSize);
}
