// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.core.internal.handover.ChildJvm;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is loaded for the flight recorder: an update may not wait for that if nobody records. */
class FlightRecordingIT {

  /** Lists those of luo and of the flight recorder. */
  private static String loaded(String... flags) throws Exception {
    List<String> command = ChildJvm.command(HandoverProgram.class);
    command.add(1, "-Xlog:class+load");
    command.addAll(1, List.of(flags));
    ChildJvm.Result result = ChildJvm.run(command, Map.of());
    assertThat(result.status().isSuccess()).as(result.output()).isTrue();
    return result
        .output()
        .lines()
        .filter(line -> line.contains(" dev.luo.") || line.contains(" jdk.jfr."))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void noEventIsLoadedIfNobodyRecords() throws Exception {
    assertThat(loaded())
        .contains(" dev.luo.core.internal.observe.Observation ")
        .doesNotContain(" dev.luo.core.internal.observe.PhaseEvent ")
        .doesNotContain(" dev.luo.core.internal.observe.HandlerCallEvent ")
        .doesNotContain(" jdk.jfr.internal.PlatformRecorder ");
  }

  @Test
  void eventsAreLoadedIfSomebodyRecords() throws Exception {
    assertThat(loaded("-XX:StartFlightRecording"))
        .contains(" dev.luo.core.internal.observe.PhaseEvent ")
        .contains(" dev.luo.core.internal.observe.HandlerCallEvent ");
  }
}
