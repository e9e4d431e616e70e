// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.observe;

import dev.luo.core.HandlerCall;
import dev.luo.core.UpdateReport.Phase;

/** Begins and commits the events of the flight recorder. */
final class FlightEvents {

  private FlightEvents() {}

  static Object phase(String name) {
    PhaseEvent event = new PhaseEvent(name);
    event.begin();
    return event;
  }

  static Object call() {
    HandlerCallEvent event = new HandlerCallEvent();
    event.begin();
    return event;
  }

  static void end(Object begun, Phase phase) {
    PhaseEvent event = (PhaseEvent) begun;
    event.describe(phase);
    event.commit();
  }

  /** Records a phase that ended some time ago; of the recorder's own times only the fields tell. */
  static void late(Phase phase) {
    end(new PhaseEvent(phase.name()), phase);
  }

  static void end(Object begun, HandlerCall call) {
    HandlerCallEvent event = (HandlerCallEvent) begun;
    event.end();
    if (event.shouldCommit()) {
      event.describe(call);
      event.commit();
    }
  }
}
