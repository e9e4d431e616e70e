// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.callback;

import org.jspecify.annotations.Nullable;

/** Learns of every call into handlers and shared state, on the thread that makes the call. */
public interface CallObserver {

  /**
   * A call begins.
   *
   * @return what the observer finds again as {@link CallUnderWay#trace}
   */
  default @Nullable Object began(CallUnderWay call) {
    return null;
  }

  /**
   * It has ended.
   *
   * @param failure what came out of it; null if nothing did
   */
  void ended(CallUnderWay call, long durationNanos, @Nullable Throwable failure);
}
