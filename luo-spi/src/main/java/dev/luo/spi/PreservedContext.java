// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

import org.jspecify.annotations.Nullable;

/**
 * What {@link FileHandler#unfreeze} and {@link FileHandler#unpreserve} can see and do: nothing new
 * can be taken any more, only read and given back. Implemented by luo, valid during the call.
 *
 * @param <R> as in {@link FileHandler}
 */
public interface PreservedContext<R extends @Nullable Object> extends OutgoingRecord {

  /**
   * Returns the current handle: from {@code preserve}, or from the last successful {@code freeze}.
   */
  Handle handle();

  /** Returns what {@code preserve} kept for this process. */
  R runtime();

  /** Returns what this file has allocated. */
  PreservedMemory memory();

  /**
   * Gives a carried descriptor back before its time.
   *
   * @throws IllegalArgumentException if the slot is none of this file's
   */
  void drop(Slot slot);
}
