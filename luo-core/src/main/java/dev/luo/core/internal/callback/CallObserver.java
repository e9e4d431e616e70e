// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.callback;

import org.jspecify.annotations.Nullable;

/** Learns of every call into handlers and shared state. Called by the thread that made the call. */
@FunctionalInterface
public interface CallObserver {

  /** Nobody looks. */
  CallObserver NONE = (call, durationNanos, failure) -> {};

  /**
   * A call has ended.
   *
   * @param failure what came out of it; null if nothing did
   */
  void ended(CallUnderWay call, long durationNanos, @Nullable Throwable failure);
}
