// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

import java.lang.foreign.MemorySegment;

/** What a file (or FLB) has allocated in handover memory. Implemented by luo, thread-safe. */
public interface PreservedMemory {

  /**
   * Returns the allocation's bytes: a native segment, writable, aligned to eight. The segment may
   * be kept; it stays valid until the allocation is freed or the file unpreserved. {@link
   * Integrity#CHECKED} bytes are written only during a callback of this file or, if they are an
   * FLB's, of a file that stands on it.
   *
   * @throws IllegalArgumentException if the handle is no allocation of this file
   */
  MemorySegment map(Handle handle);

  /**
   * Gives an allocation back before its time. Where the image is public already (in a store), the
   * bytes stay as they are until one without them has taken its place.
   *
   * @throws IllegalArgumentException if the handle is no allocation of this file
   */
  void free(Handle handle);
}
