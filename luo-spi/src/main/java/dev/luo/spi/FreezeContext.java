// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

import org.jspecify.annotations.Nullable;

/**
 * What {@link FileHandler#freeze} can see and do. Implemented by luo, valid during the call.
 *
 * <p>Descriptors can still be {@linkplain #carry carried} where the {@linkplain #crossing()
 * crossing} takes them at that time (exec, a warm successor); a store or a kernel refuses with
 * {@link CannotCarryException}. What a failing freeze has carried and allocated luo releases, as it
 * does for a failing preserve.
 *
 * @param <R> as in {@link FileHandler}
 */
public interface FreezeContext<R extends @Nullable Object>
    extends OutgoingContext, PreservedContext<R> {

  /** Returns the way that is about to be taken, one of {@link #crossings()}. */
  Crossing crossing();

  @Override
  HandoverMemory memory();
}
