// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.wiring;

import dev.luo.core.Freshness;
import dev.luo.core.NotRefreshedException;
import dev.luo.core.Options;
import dev.luo.core.internal.session.Incoming;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** What the program renews after an update: once, however often and by whomever it is asked for. */
final class Refreshing {

  private final Optional<Freshness> freshness;
  private final Optional<Incoming> incoming;
  private final ReentrantLock one = new ReentrantLock();

  /** Guarded by {@link #one}. */
  private boolean done;

  Refreshing(Options options, Optional<Incoming> incoming) {
    this.freshness = options.refreshing();
    this.incoming = incoming;
  }

  /**
   * Renews what was not renewed; others wait meanwhile.
   *
   * @throws NotRefreshedException if that fails; the next call tries again
   */
  void refresh() {
    if (freshness.isEmpty() || incoming.isEmpty()) {
      return;
    }
    one.lock();
    try {
      if (!done) {
        freshness.get().refresh(incoming.get().lapse());
        done = true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotRefreshedException(e);
    } catch (Exception e) {
      throw new NotRefreshedException(e);
    } finally {
      one.unlock();
    }
  }
}
