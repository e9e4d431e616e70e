// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.memory;

import dev.luo.spi.Handle;
import dev.luo.spi.Integrity;

/**
 * One allocation.
 *
 * @param offset in bytes from the start of the arena
 * @param byteSize as it was asked for
 * @param owner the file, FLB or image that it belongs to, compared by identity
 */
public record Extent(long offset, long byteSize, Integrity integrity, Object owner) {

  /** Returns the name under which handlers know it. */
  public Handle handle() {
    return Handle.of(offset);
  }
}
