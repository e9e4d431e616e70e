// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.core.testing.InProcessHandover;
import dev.luo.spi.Boundary;
import dev.luo.spi.Origin;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the successor is told of what came. */
@NoDescriptorLeaks
class IncomingImageTest {

  private final List<String> calls = new ArrayList<>();
  private final ScriptedHandler handler = ScriptedHandler.forMemfds(calls);
  private LiveUpdate successor;
  private IncomingSession session;

  @BeforeEach
  void handOver() throws Exception {
    successor = TwoStages.arrived(handler);
    session = successor.retrieveSession("s");
  }

  @AfterEach
  void end() throws Exception {
    handler.refuseToFinish(null);
    session.close();
    TwoStages.discardAll(successor);
    successor.close();
  }

  @Test
  void ser20_ser22_sessionsArriveInOrderAndTheGenerationCounts() {
    IncomingImage image = successor.incoming().orElseThrow();

    assertThat(image.sessions()).containsExactly("s", "t", "empty");
    assertThat(image.generation()).isEqualTo(1);
    assertThat(image.origin()).isEqualTo(Origin.HANDOVER);
    assertThat(image.boundary()).isEqualTo(Boundary.PROCESS);
  }

  @Test
  void ser22_theGenerationIsOneMoreInEachImageThatFollows() throws Exception {
    LiveUpdate luo = TwoStages.open();
    for (long generation = 1; generation <= 3; generation++) {
      luo.createSession("s");
      try (InProcessHandover handover = TwoStages.handOver(luo)) {
        luo = handover.successor();
        assertThat(luo.incoming().orElseThrow().generation()).isEqualTo(generation);
        TwoStages.discardAll(luo);
      }
    }
    luo.close();
  }
}
