// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a file between {@link FileHandler#preserve} and the end of this process. Implemented by
 * luo, valid during the call.
 *
 * <p>During {@code freeze} descriptors can still be {@linkplain #carry carried} where the crossing under
 * way takes them at that time (exec, a warm successor); a store or a kernel refuses. During {@code
 * unpreserve} and {@code unfreeze} nothing can be carried, referred to or allocated any more.
 *
 * @param <R> as in {@link FileHandler}
 */
public interface PreservedContext<R extends @Nullable Object> extends OutgoingContext {

  /** Returns the current handle: from {@code preserve}, or from the last successful {@code freeze}. */
  Handle handle();

  /** Returns what {@code preserve} kept for this process. */
  R runtime();
}
