// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.memory;

import dev.luo.spi.Handle;
import dev.luo.spi.HandoverMemory;
import dev.luo.spi.Integrity;
import dev.luo.spi.LuoException;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;

/** One owner's view of an arena. Thread-safe. */
public final class OwnedMemory implements HandoverMemory {

  private final HandoverArena arena;
  private final Object owner;
  private final Map<Handle, Owned> owned = new HashMap<>();
  private long allocations;
  private long byteSize;
  private boolean ended;

  private record Owned(Extent extent, long serial) {}

  /**
   * Creates an empty view.
   *
   * @param owner to whom the allocations will belong, compared by identity
   */
  public OwnedMemory(HandoverArena arena, Object owner) {
    this.arena = arena;
    this.owner = owner;
  }

  @Override
  public synchronized Handle allocate(long byteSize, Integrity integrity) throws LuoException {
    if (ended) {
      throw new IllegalStateException("what it belonged to is given up");
    }
    Extent extent = arena.allocate(byteSize, Long.BYTES, integrity, owner);
    owned.put(extent.handle(), new Owned(extent, ++allocations));
    this.byteSize += byteSize;
    return extent.handle();
  }

  @Override
  public synchronized MemorySegment map(Handle handle) {
    Extent extent = extent(handle);
    return arena.segment().asSlice(extent.offset(), extent.byteSize());
  }

  @Override
  public synchronized void free(Handle handle) {
    Extent extent = extent(handle);
    arena.free(extent);
    owned.remove(handle);
    byteSize -= extent.byteSize();
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
    owned
        .values()
        .removeIf(allocation -> {
          boolean newer = allocation.serial > mark;
          if (newer) {
            arena.free(allocation.extent);
            byteSize -= allocation.extent.byteSize();
          }
          return newer;
        });
  }

  private Extent extent(Handle handle) {
    Owned allocation = owned.get(handle);
    if (allocation == null) {
      throw new IllegalArgumentException("not an allocation of this owner: " + handle);
    }
    return allocation.extent;
  }
}
