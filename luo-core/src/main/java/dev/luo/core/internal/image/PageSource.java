// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import dev.luo.spi.LuoException;

/** Where the image takes the memory for its structures from: the allocator of handover memory. */
public interface PageSource {

  /**
   * Reserves a range of handover memory. What it holds is of no importance.
   *
   * @param byteSize a multiple of the page size
   * @param alignment the page size
   * @return the offset of the range, never 0
   * @throws LuoException ENOMEM if there is no such range
   */
  long allocate(long byteSize, long alignment) throws LuoException;

  /**
   * Gives a range back.
   *
   * @param offset as {@link #allocate} returned it
   * @param byteSize as it was asked for
   */
  void free(long offset, long byteSize);
}
