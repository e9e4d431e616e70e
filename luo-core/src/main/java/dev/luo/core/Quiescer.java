// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.spi.Deadline;

/**
 * How the application stops its own writers, so that what is frozen does not change any more.
 * Called by a thread that is made for that, which may call sessions until it has paused, and may
 * neither update nor close luo.
 */
public interface Quiescer {

  /**
   * Brings the workload to rest. After it returned nothing writes to a preserved file until {@link
   * #resume} or, in the successor, until the workload is started.
   *
   * <p>Whoever is not back by the deadline is interrupted. Who is not back within {@link
   * Options#interruptGrace} after that is given up: the update is refused, with the stack of this
   * call as the cause, and {@code resume} is called by another thread while this call is still
   * under way. Further updates are refused until it has come back.
   *
   * @throws Exception if it cannot; the update is refused, and {@code resume} is called all the
   *     same
   */
  void pause(Deadline deadline) throws Exception;

  /**
   * Lets the workload run again, because the update was refused. Called by the thread that called
   * {@link #pause}, unless that did not come back. What it throws is logged; if it is not back
   * within {@link Options#freezeDeadline} it is interrupted and then given up, which is logged too.
   */
  void resume();

  /**
   * Returns a quiescer for a workload that is at rest whenever {@link LiveUpdate#update} is called.
   */
  static Quiescer none() {
    return new Quiescer() {
      @Override
      public void pause(Deadline deadline) {}

      @Override
      public void resume() {}
    };
  }
}
