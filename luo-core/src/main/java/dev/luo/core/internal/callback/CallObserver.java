// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.callback;

import org.jspecify.annotations.Nullable;

/**
 * Learns of every call into handlers and shared state, on the thread that makes the call; of the
 * end of one that is given up, on the thread that gives it up.
 */
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
   * It has ended, or is given up. Told once of each call.
   *
   * @param failure what came out of it, or where it is; null if nothing came out of it
   */
  void ended(CallUnderWay call, long durationNanos, @Nullable Throwable failure);
}
