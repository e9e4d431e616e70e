// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover;

import dev.luo.core.UpdateReport.Phase;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When the phases of an update began and how long they took, on the system-wide monotonic clock
 * that predecessor and successor share. For one thread at a time.
 */
public final class Timeline {
  private final List<Phase> phases = new ArrayList<>();
  private final PhaseObserver observer;

  /** Begins with none, and tells nobody. */
  public Timeline() {
    this(PhaseObserver.NONE);
  }

  /** Begins with none. */
  public Timeline(PhaseObserver observer) {
    this.observer = observer;
  }

  /** A part of an update that is going on, until it is closed. */
  public final class Running implements AutoCloseable {
    private final String name;
    private final @Nullable Object trace;
    private final long start = System.nanoTime();

    private Running(String name) {
      this.name = name;
      this.trace = observer.began(name);
    }

    /** Ends the phase, whether it succeeded or not. */
    @Override
    public void close() {
      Phase phase = new Phase(name, start, System.nanoTime() - start);
      phases.add(phase);
      observer.ended(phase, trace);
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
