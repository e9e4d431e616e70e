// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi.paper;

import dev.luo.linux.Errno;
import dev.luo.spi.CorruptRecordException;
import dev.luo.spi.Handle;
import dev.luo.spi.HandoverMemory;
import dev.luo.spi.IncomingMemory;
import dev.luo.spi.Integrity;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Handover memory of one file, in an arena of the test: what crosses is a copy of its bytes. */
final class PaperMemory implements HandoverMemory {

  private final Arena arena;
  private final long quota;
  private final Map<Handle, MemorySegment> allocations = new HashMap<>();
  private long next = 0x1000;

  PaperMemory(Arena arena, long quota) {
    this.arena = arena;
    this.quota = quota;
  }

  @Override
  public Handle allocate(long byteSize, Integrity integrity) throws LuoException {
    if (byteSize < 1) {
      throw new IllegalArgumentException("byteSize " + byteSize);
    }
    long used = allocations.values().stream().mapToLong(MemorySegment::byteSize).sum();
    if (used + byteSize > quota) {
      throw new LuoException("quota exhausted", Errno.ENOMEM, Recovery.ABORT_UPDATE);
    }
    Handle handle = Handle.of(next);
    next += 0x1000;
    allocations.put(handle, arena.allocate(byteSize, 8));
    return handle;
  }

  @Override
  public MemorySegment map(Handle handle) {
    MemorySegment segment = allocations.get(handle);
    if (segment == null) {
      throw new IllegalArgumentException("no allocation of this file: " + handle);
    }
    return segment;
  }

  @Override
  public void free(Handle handle) {
    MemorySegment segment = allocations.remove(handle);
    if (segment == null) {
      throw new IllegalArgumentException("no allocation of this file: " + handle);
    }
    // Whoever still reads it shall notice.
    segment.fill((byte) 0xDB);
  }

  Set<Handle> handles() {
    return Set.copyOf(allocations.keySet());
  }

  /** Frees everything but these. */
  void keep(Set<Handle> kept) {
    allocations.keySet().retainAll(kept);
  }

  Map<Handle, byte[]> copy() {
    Map<Handle, byte[]> copies =
        new TreeMap<>((a, b) -> Long.compareUnsigned(a.value(), b.value()));
    allocations.forEach(
        (handle, segment) -> copies.put(handle, segment.toArray(ValueLayout.JAVA_BYTE)));
    return copies;
  }

  /**
   * The copied bytes, as a successor reads them. There are no checksums here: a record that is
   * wrong in spite of a right checksum is what handlers have to refuse themselves.
   */
  static IncomingMemory incoming(Map<Handle, byte[]> copies) {
    return handle -> {
      byte[] bytes = copies.get(handle);
      if (bytes == null) {
        throw new CorruptRecordException("no allocation of this file: " + handle);
      }
      return Arena.ofAuto().allocateFrom(ValueLayout.JAVA_BYTE, bytes).asReadOnly();
    };
  }
}
