// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.memory;

import dev.luo.core.HandlerLimits;
import dev.luo.core.QuotaExceededException;
import dev.luo.spi.Compatible;

/**
 * How much handover memory a handler's files, or a shared state, have and may have. Thread-safe.
 */
public final class Quota {

  private final Compatible of;
  private final long limit;
  private long used;

  /** Begins with nothing used. */
  public Quota(Compatible of, HandlerLimits limits) {
    this.of = of;
    this.limit = limits.bytes().orElse(Long.MAX_VALUE);
  }

  synchronized void take(long bytes) throws QuotaExceededException {
    if (bytes > limit - used) {
      throw new QuotaExceededException(of, bytes, used, limit);
    }
    used += bytes;
  }

  synchronized void giveBack(long bytes) {
    used -= bytes;
  }

  /** Returns how many bytes are in use. */
  public synchronized long used() {
    return used;
  }
}
