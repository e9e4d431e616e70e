// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.memory;

import dev.luo.core.HandoverMemoryException;
import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.FileIo;
import dev.luo.linux.LinuxException;
import dev.luo.linux.Mapping;
import dev.luo.linux.Memfd;
import dev.luo.linux.MemfdFlag;
import dev.luo.linux.Seal;
import dev.luo.spi.Handle;
import dev.luo.spi.Integrity;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The outgoing handover memory of one generation. Thread-safe.
 *
 * <p>Allocations are rounded up to 64 bytes, a cache line, so that two files never write to the
 * same one.
 */
public final class HandoverArena implements AutoCloseable {

  /** The page size of the image, whatever the machine's. */
  public static final int PAGE = 4096;

  private final Fd file;
  private final Mapping mapping;
  private final long byteSize;
  private final FreeSpace free;
  private final Map<Long, Extent> extents = new TreeMap<>();

  /** What lies behind was never given out, and is zero as the kernel made it. */
  private long touched = PAGE;

  private HandoverArena(Fd file, Mapping mapping, long byteSize) {
    this.file = file;
    this.mapping = mapping;
    this.byteSize = byteSize;
    this.free = new FreeSpace(PAGE, byteSize - PAGE);
  }

  /**
   * Creates the memory, sparse, at its full reserve, which can neither grow nor shrink from then
   * on.
   *
   * @param reserve in bytes, rounded up to whole pages
   */
  public static HandoverArena create(long reserve) throws HandoverMemoryException {
    long byteSize = (Math.max(reserve, 2L * PAGE) + PAGE - 1) & -PAGE;
    Fd file = null;
    try {
      file = Memfd.create("luo-handover", MemfdFlag.ALLOW_SEALING);
      FileIo.truncate(file, byteSize);
      Memfd.addSeals(file, Seal.SHRINK, Seal.GROW);
      Mapping mapping = Mapping.map(file, byteSize);
      return new HandoverArena(file, mapping, byteSize);
    } catch (LinuxException e) {
      if (file != null) {
        file.close();
      }
      throw new HandoverMemoryException(
          "cannot set up " + byteSize + " bytes of handover memory: " + e.getMessage(),
          e.errno(),
          e);
    }
  }

  /** Returns the memfd that crosses; it stays the arena's. */
  public Fd file() {
    return file;
  }

  /** Returns all of the memory. */
  public MemorySegment segment() {
    return mapping.segment();
  }

  /**
   * Allocates zeroed memory.
   *
   * @param alignment a power of two
   */
  public Extent allocate(long bytes, long alignment, Integrity integrity, Object owner)
      throws HandoverMemoryException {
    if (bytes <= 0) {
      throw new IllegalArgumentException("size must be positive: " + bytes);
    }
    long rounded = Extent.occupied(bytes);
    Extent extent;
    long dirty;
    synchronized (this) {
      long offset = rounded < 0 ? -1 : free.take(rounded, Math.max(alignment, Extent.GRANULE));
      if (offset < 0) {
        throw new HandoverMemoryException(
            "handover memory of " + byteSize + " bytes has no room for " + bytes + " more",
            Errno.ENOMEM,
            null);
      }
      extent = new Extent(offset, bytes, integrity, owner);
      extents.put(offset, extent);
      dirty = Math.min(touched, offset + rounded) - offset;
      touched = Math.max(touched, offset + rounded);
    }
    if (dirty > 0) {
      segment().asSlice(extent.offset(), dirty).fill((byte) 0);
    }
    return extent;
  }

  /** Gives one allocation back. */
  public synchronized void free(Extent extent) {
    if (extents.remove(extent.offset()) == null) {
      throw new IllegalStateException("freed twice: " + extent.handle());
    }
    free.release(extent.offset(), extent.occupied());
  }

  /** Returns what is allocated there; null if nothing is. */
  synchronized @Nullable Extent find(Handle handle) {
    return extents.get(handle.value());
  }

  /** Lists what is allocated, in the order of offsets. */
  public synchronized List<Extent> extents() {
    return new ArrayList<>(extents.values());
  }

  /** Unmaps and closes; the memory lives on if somebody else holds the memfd. */
  @Override
  public void close() {
    mapping.close();
    file.close();
  }
}
