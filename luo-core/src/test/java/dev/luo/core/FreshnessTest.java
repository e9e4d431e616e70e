// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.luo.core.Freshness.Lapse;
import dev.luo.core.testing.InProcessHandover;
import dev.luo.spi.Boundary;
import dev.luo.spi.Origin;
import dev.luo.testing.NoDescriptorLeaks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is renewed before the workload of a successor runs. */
@NoDescriptorLeaks
class FreshnessTest {

  private final List<Lapse> lapses = new ArrayList<>();

  private static Options options() {
    return TwoStages.options(ScriptedHandler.forMemfds(new ArrayList<>()));
  }

  @Test
  void resumed_onAColdStart() throws Exception {
    try (LiveUpdate luo = InProcessHandover.open(options().refreshing(lapses::add))) {
      luo.resumed();
      assertThat(lapses).isEmpty();
    }
  }

  @Test
  void resumed_renewsOnce() throws Exception {
    LiveUpdate before = TwoStages.open(ScriptedHandler.forMemfds(new ArrayList<>()));
    TwoStages.preserve(before.createSession("s"), 1);
    try (InProcessHandover handover =
            InProcessHandover.handOver(before, options().refreshing(lapses::add));
        LiveUpdate luo = handover.successor()) {
      assertThat(lapses).isEmpty();
      luo.resumed();
      luo.resumed();
      luo.retrieveSession("s").discard();
    }
    assertThat(lapses).hasSize(1);
    Lapse lapse = lapses.getFirst();
    assertThat(lapse.monotonic()).isPositive();
    assertThat(lapse.generation()).isEqualTo(1);
    assertThat(lapse.origin()).isEqualTo(Origin.HANDOVER);
    assertThat(lapse.boundary()).isEqualTo(Boundary.PROCESS);
  }

  @Test
  void resumed_thatCannotRenewHasNotHappened() throws Exception {
    Freshness failing =
        lapse -> {
          lapses.add(lapse);
          if (lapses.size() == 1) {
            throw new IOException("no entropy");
          }
        };
    LiveUpdate before = TwoStages.open(ScriptedHandler.forMemfds(new ArrayList<>()));
    TwoStages.preserve(before.createSession("s"), 1);
    try (InProcessHandover handover =
            InProcessHandover.handOver(before, options().refreshing(failing));
        LiveUpdate luo = handover.successor()) {
      assertThatThrownBy(luo::resumed)
          .isInstanceOf(NotRefreshedException.class)
          .hasMessageContaining("no entropy")
          .hasCauseInstanceOf(IOException.class);
      assertThat(luo.report().orElseThrow().blackout()).isEmpty();
      luo.resumed();
      assertThat(luo.report().orElseThrow().blackout()).isPresent();
      luo.retrieveSession("s").discard();
    }
    assertThat(lapses).hasSize(2);
  }
}
