// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.spi.Boundary;
import dev.luo.spi.Origin;
import java.time.Duration;

/**
 * What the program renews because the world went on while it stood still: random seeds, leases,
 * timers, cached clocks, connections that have timed out. Given with {@link Options#refreshing}.
 */
@FunctionalInterface
public interface Freshness {

  /**
   * Renews it. Called in a successor by {@link LiveUpdate#resumed}, on the caller's thread, once
   * and before anything else that it does; never on a cold start.
   *
   * @throws Exception if it cannot. {@code resumed} then has not happened: it throws {@link
   *     NotRefreshedException}, a guardian watches on, and the next call of it tries again
   */
  void refresh(Lapse lapse) throws Exception;

  /**
   * How far the world went on between the image and now.
   *
   * @param monotonic how much time has passed, on a clock that nobody sets; it stands still while
   *     the system is suspended
   * @param wallClock by how much the clock of the day differs, which may have been set meanwhile,
   *     in either direction
   * @param generation how many updates led here
   * @param origin whether the predecessor handed over in order. If not, what is in the image may be
   *     older than what it did
   * @param boundary what was replaced
   */
  record Lapse(
      Duration monotonic, Duration wallClock, long generation, Origin origin, Boundary boundary) {}
}
