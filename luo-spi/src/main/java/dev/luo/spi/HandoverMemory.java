// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

/**
 * The memory that survives; everything else does not. Implemented by luo, thread-safe.
 *
 * <p>An allocation belongs to the file (or FLB) whose context it was made through, and is released
 * by luo when that file is unpreserved, or when the {@code preserve} or {@code freeze} that made it
 * fails. All multi-byte numbers in it are little-endian by convention of this project.
 */
public interface HandoverMemory extends PreservedMemory {

  /**
   * Allocates zeroed memory whose content luo protects by a checksum, taken when the workload is
   * frozen: as {@link #allocate(long, Integrity)} with {@link Integrity#CHECKED}.
   */
  default Handle allocate(long byteSize) throws LuoException {
    return allocate(byteSize, Integrity.CHECKED);
  }

  /**
   * Allocates zeroed memory.
   *
   * @param byteSize at least 1; exactly this much is mapped later
   * @throws LuoException ENOMEM if handover memory is exhausted
   * @throws IllegalArgumentException if {@code byteSize} is not positive
   */
  Handle allocate(long byteSize, Integrity integrity) throws LuoException;
}
