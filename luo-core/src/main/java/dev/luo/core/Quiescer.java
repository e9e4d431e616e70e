// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.spi.Deadline;

/** How the application stops its own writers, so that what is frozen does not change any more. */
public interface Quiescer {

  /**
   * Brings the workload to rest. After it returned nothing writes to a preserved file until {@link
   * #resume} or, in the successor, until the workload is started.
   *
   * @throws Exception if it cannot; the update is refused, and {@code resume} is called all the
   *     same
   */
  void pause(Deadline deadline) throws Exception;

  /** Lets the workload run again, because the update was refused. */
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
