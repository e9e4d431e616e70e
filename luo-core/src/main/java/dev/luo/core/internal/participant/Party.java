// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.participant;

import dev.luo.core.Quiescer;
import dev.luo.spi.Deadline;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One of those who come to rest together: the program, or somebody who joined it. Compared by
 * identity; used by one thread.
 */
final class Party {

  private final String name;
  private final Quiescer workload;

  /** Who is in a call of it that was given up. */
  private @Nullable Thread stuck;

  Party(String name, Quiescer workload) {
    this.name = name;
    this.workload = workload;
  }

  void pause(Deadline deadline) throws Exception {
    workload.pause(deadline);
  }

  void resume() {
    workload.resume();
  }

  /** Takes note that a call did not come back to luo. */
  void stuckOn(Thread thread) {
    if (stuck == null || !stuck.isAlive()) {
      stuck = thread;
    }
  }

  /**
   * Refuses to have one call overlap another.
   *
   * @throws TimeoutException with the stack of a call that was given up and is still under way
   */
  void requireBack() throws TimeoutException {
    Thread thread = stuck;
    if (thread != null && thread.isAlive()) {
      throw WatchedCalls.whereIs(thread, this + " is still in a call of an earlier update");
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
