// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.observe;

import dev.luo.core.HandlerCall;
import dev.luo.core.UpdateReport.Phase;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Whether the JDK's flight recorder is in use, which is asked of one class of the JDK; {@link
 * FlightEvents} and all that it needs are loaded only if it is.
 */
final class Recording {

  private static final boolean POSSIBLE = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private Recording() {}

  private static boolean isOn() {
    return POSSIBLE && FlightRecorder.isInitialized();
  }

  /** Begins the event of a phase; null if nobody records. */
  static @Nullable Object phase(String name) {
    return isOn() ? FlightEvents.phase(name) : null;
  }

  /** Begins the event of a call; null if nobody records. */
  static @Nullable Object call() {
    return isOn() ? FlightEvents.call() : null;
  }

  /** Records a phase that was begun here. */
  static void end(@Nullable Object begun, Phase phase) {
    if (begun != null) {
      FlightEvents.end(begun, phase);
    }
  }

  /** Records a phase that ended some time ago. */
  static void late(Phase phase) {
    if (isOn()) {
      FlightEvents.late(phase);
    }
  }

  /** Records a call that was begun here. */
  static void end(@Nullable Object begun, HandlerCall call) {
    if (begun != null) {
      FlightEvents.end(begun, call);
    }
  }
}
