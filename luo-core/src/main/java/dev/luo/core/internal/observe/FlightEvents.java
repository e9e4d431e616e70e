// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.observe;

import dev.luo.core.HandlerCall;

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

  static void end(Object phase) {
    ((PhaseEvent) phase).commit();
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
