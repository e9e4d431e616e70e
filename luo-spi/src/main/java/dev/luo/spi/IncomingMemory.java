// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

import java.lang.foreign.MemorySegment;

/**
 * The memory that a predecessor left, to be read. Implemented by luo, thread-safe. Nothing is freed
 * through it: the whole memory goes when its last session is finished.
 */
public interface IncomingMemory {

  /**
   * Returns the bytes of an allocation: a native segment, read-only, with bounds of exactly what
   * was allocated and with its checksum verified where it has one and nothing was written after it
   * was taken. The segment is valid until the session is finished; what is needed longer is copied.
   *
   * @throws CorruptRecordException if the handle is {@link Handle#NONE}, or no allocation of this
   *     file, or if its bytes are not those that were frozen
   */
  MemorySegment map(Handle handle) throws LuoException;
}
