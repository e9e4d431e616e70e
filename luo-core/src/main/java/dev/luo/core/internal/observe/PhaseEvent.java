// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.observe;

import dev.luo.core.UpdateReport.Phase;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** As described in docs/observing.md. Its fields are read by the flight recorder only. */
@Name("dev.luo.Phase")
@Label("Phase of a live update")
@Category("luo")
@Description("A part of a live update, such as the freeze")
@StackTrace(false)
final class PhaseEvent extends Event {

  @Label("Phase")
  final String phase;

  @Label("Start of the phase")
  @Description("On the system-wide monotonic clock, which predecessor and successor share")
  @Timespan
  long startNanos;

  @Label("Length of the phase")
  @Timespan
  long length;

  PhaseEvent(String phase) {
    this.phase = phase;
  }

  void describe(Phase ended) {
    startNanos = ended.startNanos();
    length = ended.durationNanos();
  }
}
