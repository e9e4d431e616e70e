// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.memory;

import dev.luo.spi.Handle;
import dev.luo.spi.HandoverMemory;
import dev.luo.spi.Integrity;
import dev.luo.spi.LuoException;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** One owner's view of an arena. Thread-safe. */
public final class OwnedMemory implements HandoverMemory {

  private final HandoverArena arena;
  private final Object owner;
  private final Quota quota;

  /** What the owner has, linked from the newest to the oldest. */
  private @Nullable Extent newest;

  private long allocations;
  private long byteSize;
  private boolean ended;

  /**
   * Creates an empty view.
   *
   * @param owner to whom the allocations will belong, compared by identity
   * @param quota what they count on
   */
  public OwnedMemory(HandoverArena arena, Object owner, Quota quota) {
    this.arena = arena;
    this.owner = owner;
    this.quota = quota;
  }

  @Override
  public synchronized Handle allocate(long byteSize, Integrity integrity) throws LuoException {
    if (ended) {
      throw new IllegalStateException("what it belonged to is given up");
    }
    Extent extent = allocateWithinQuota(byteSize, integrity);
    extent.serial = ++allocations;
    extent.older = newest;
    if (newest != null) {
      newest.newer = extent;
    }
    newest = extent;
    this.byteSize += byteSize;
    return extent.handle();
  }

  private Extent allocateWithinQuota(long byteSize, Integrity integrity) throws LuoException {
    long occupied = Extent.occupied(byteSize);
    boolean counted = occupied > 0;
    if (counted) {
      quota.take(occupied);
    }
    boolean allocated = false;
    try {
      Extent extent = arena.allocate(byteSize, Long.BYTES, integrity, owner);
      allocated = true;
      return extent;
    } finally {
      if (counted && !allocated) {
        quota.giveBack(occupied);
      }
    }
  }

  @Override
  public synchronized MemorySegment map(Handle handle) {
    Extent extent = extent(handle);
    return arena.segment().asSlice(extent.offset(), extent.byteSize());
  }

  @Override
  public synchronized void free(Handle handle) {
    free(extent(handle));
  }

  private void free(Extent extent) {
    arena.free(extent);
    quota.giveBack(extent.occupied());
    byteSize -= extent.byteSize();
    if (extent.newer == null) {
      newest = extent.older;
    } else {
      extent.newer.older = extent.older;
    }
    if (extent.older != null) {
      extent.older.newer = extent.newer;
    }
  }

  /** Gives back everything that the owner still has. */
  public synchronized void release() {
    releaseSince(0);
    ended = true;
  }

  /** Returns how much the owner has, in bytes, as it was asked for. */
  public synchronized long byteSize() {
    return byteSize;
  }

  /** Returns a mark for {@link #releaseSince}. */
  public synchronized long mark() {
    return allocations;
  }

  /** Gives back what was allocated since the mark and not freed yet. */
  public synchronized void releaseSince(long mark) {
    while (newest != null && newest.serial > mark) {
      free(newest);
    }
  }

  /** Owners are compared by identity. */
  @SuppressWarnings("ReferenceEquality")
  private Extent extent(Handle handle) {
    Extent extent = arena.find(handle);
    if (extent == null || extent.owner() != owner) {
      throw new IllegalArgumentException("not an allocation of this owner: " + handle);
    }
    return extent;
  }
}
