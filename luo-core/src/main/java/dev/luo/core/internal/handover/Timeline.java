// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover;

import dev.luo.core.UpdateReport.Phase;
import java.util.ArrayList;
import java.util.List;

/**
 * When the phases of an update began and how long they took, on the system-wide monotonic clock
 * that predecessor and successor share. For one thread at a time.
 */
public final class Timeline {
  private final List<Phase> phases = new ArrayList<>();

  /** A part of an update that is going on, until it is closed. */
  public final class Running implements AutoCloseable {
    private final String name;
    private final long start = System.nanoTime();

    private Running(String name) {
      this.name = name;
    }

    /** Ends the phase, whether it succeeded or not. */
    @Override
    public void close() {
      phases.add(new Phase(name, start, System.nanoTime() - start));
    }
  }

  /** Begins a phase, which may contain others. */
  public Running start(String name) {
    return new Running(name);
  }

  /** Returns the phases that are over, in the order in which they ended. */
  public List<Phase> phases() {
    return List.copyOf(phases);
  }
}
