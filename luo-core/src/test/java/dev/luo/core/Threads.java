// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;

/** Threads that have to be somewhere before a test goes on. */
final class Threads {
  private static final Set<Thread.State> WAITING =
      EnumSet.of(Thread.State.BLOCKED, Thread.State.WAITING, Thread.State.TIMED_WAITING);

  private Threads() {}

  /** Returns once a thread that was started waits for somebody else. */
  static void awaitWaiting(Thread thread) {
    while (!WAITING.contains(thread.getState())) {
      assertThat(thread.getState()).isNotEqualTo(Thread.State.TERMINATED);
      Thread.onSpinWait();
    }
  }
}
