// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.spi.Deadline;
import java.util.List;

/** Writes pause and resume down, between the calls of the handlers. */
final class RecordingQuiescer implements Quiescer {

  private final List<String> calls;

  /** Whether the workload cannot be paused. */
  boolean busy;

  RecordingQuiescer(List<String> calls) {
    this.calls = calls;
  }

  @Override
  public void pause(Deadline deadline) {
    calls.add("pause");
    if (busy) {
      throw new IllegalStateException("busy");
    }
  }

  @Override
  public void resume() {
    calls.add("resume");
  }
}
