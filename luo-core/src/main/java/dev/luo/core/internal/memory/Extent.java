// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.memory;

import dev.luo.spi.Handle;
import dev.luo.spi.Integrity;
import org.jspecify.annotations.Nullable;

/** One allocation. Compared by identity. */
public final class Extent {

  /** A cache line, so that two files never write to the same one. */
  static final long GRANULE = 64;

  private final long offset;
  private final long byteSize;
  private final Integrity integrity;
  private final Object owner;

  /** Place in the list of its owner's, and the next older one there. Guarded by that list. */
  long serial;

  @Nullable Extent older;

  @Nullable Extent newer;

  /**
   * Describes an allocation.
   *
   * @param offset in bytes from the start of the arena
   * @param byteSize as it was asked for
   * @param owner the file, FLB or image that it belongs to, compared by identity
   */
  Extent(long offset, long byteSize, Integrity integrity, Object owner) {
    this.offset = offset;
    this.byteSize = byteSize;
    this.integrity = integrity;
    this.owner = owner;
  }

  /** Returns how much an allocation of that size occupies; negative if that is out of reach. */
  static long occupied(long byteSize) {
    return (byteSize + GRANULE - 1) & -GRANULE;
  }

  /** Returns where it is, in bytes from the start of the arena. */
  public long offset() {
    return offset;
  }

  /** Returns how much was asked for, in bytes. */
  public long byteSize() {
    return byteSize;
  }

  /** Returns how much it takes, in bytes. */
  long occupied() {
    return occupied(byteSize);
  }

  /** Returns whether it is checked when it is mapped in the successor. */
  public Integrity integrity() {
    return integrity;
  }

  /** Returns to whom it belongs. */
  public Object owner() {
    return owner;
  }

  /** Returns the name under which handlers know it. */
  public Handle handle() {
    return Handle.of(offset);
  }
}
