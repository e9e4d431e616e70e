// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.memory;

import dev.luo.core.HandoverMemoryException;
import dev.luo.core.Options;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The arena of this process as a predecessor, made when it is first needed: after an update that is
 * after the workload runs again. Thread-safe.
 */
@Singleton
public final class OutgoingMemory implements AutoCloseable {

  private final long reserve;
  private @Nullable HandoverArena arena;
  private boolean kept;

  @Inject
  OutgoingMemory(Options options) {
    this.reserve = options.memoryReserve();
  }

  /** Returns the arena. */
  public synchronized HandoverArena arena() throws HandoverMemoryException {
    if (arena == null) {
      arena = HandoverArena.create(reserve);
    }
    return arena;
  }

  /**
   * Makes an empty view for an owner.
   *
   * @param quota what the owner's allocations count on
   */
  public OwnedMemory forOwner(Object owner, Quota quota) throws HandoverMemoryException {
    return new OwnedMemory(arena(), owner, quota);
  }

  /** Lists what is allocated, in the order of offsets. */
  public synchronized List<Extent> extents() {
    return arena == null ? List.of() : arena.extents();
  }

  /** Keeps the arena until the process ends: somebody may be using it, and cannot be stopped. */
  public synchronized void keep() {
    kept = true;
  }

  @Override
  public synchronized void close() {
    if (arena != null && !kept) {
      arena.close();
      arena = null;
    }
  }
}
