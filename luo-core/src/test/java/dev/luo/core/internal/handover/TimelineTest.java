// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.core.UpdateReport.Phase;
import org.junit.jupiter.api.Test;

final class TimelineTest {

  @Test
  void phases_inTheOrderInWhichTheyEnded() {
    Timeline timeline = new Timeline();

    try (var _ = timeline.start("outer")) {
      try (var _ = timeline.start("inner")) {
        assertThat(timeline.phases()).isEmpty();
      }
    }

    assertThat(timeline.phases()).extracting(Phase::name).containsExactly("inner", "outer");
    Phase inner = timeline.phases().getFirst();
    Phase outer = timeline.phases().getLast();
    assertThat(inner.durationNanos()).isNotNegative();
    assertThat(outer.startNanos() - inner.startNanos()).isNotPositive();
    assertThat(outer.durationNanos()).isGreaterThanOrEqualTo(inner.durationNanos());
  }
}
