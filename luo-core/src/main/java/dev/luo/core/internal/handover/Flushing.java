// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover;

import dev.luo.core.FreezeRefusedException;
import dev.luo.spi.Deadline;
import java.io.Flushable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Writes out what is buffered in this process, which no shutdown hook will do. */
final class Flushing {

  private static final Logger LOG = System.getLogger("dev.luo.core");

  private final List<Flushable> flushables;
  private final Duration limit;

  /**
   * Flushes nothing yet.
   *
   * @param flushables what is to be flushed besides the standard streams
   * @param limit how long that may take, for messages
   */
  Flushing(List<Flushable> flushables, Duration limit) {
    this.flushables = List.copyOf(flushables);
    this.limit = limit;
  }

  /**
   * Flushes within a time, on a thread that can be given up: whoever reads the other end of a pipe
   * may have stalled, and whoever was paused may hold the lock of a stream.
   */
  void within(Deadline deadline) throws FreezeRefusedException {
    FutureTask<Boolean> flushed =
        new FutureTask<>(() -> {
          flushAll();
          return true;
        });
    Thread.ofPlatform().name("luo-flush").daemon().start(flushed);
    try {
      boolean _ = flushed.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new FreezeRefusedException(
          "what is buffered could not be flushed within " + limit.toMillis() + " ms", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FreezeRefusedException("interrupted while streams were flushed", e);
    } catch (ExecutionException e) {
      throw new FreezeRefusedException("a stream cannot be flushed: " + e.getCause(), e);
    }
  }

  private void flushAll() {
    List<Flushable> all = new ArrayList<>(flushables);
    all.add(System.out);
    all.add(System.err);
    for (Flushable flushable : all) {
      try {
        flushable.flush();
      } catch (IOException failure) {
        // Whoever owns it has been told by an exception of its own, or will never ask again.
        LOG.log(Level.WARNING, "not everything could be flushed before the update", failure);
      }
    }
  }
}
