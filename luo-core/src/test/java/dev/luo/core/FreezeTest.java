// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static dev.luo.core.ScriptedHandler.take;
import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.core.testing.InProcessHandover;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Everything is brought to rest for an update. */
@NoDescriptorLeaks
class FreezeTest {

  private final List<String> calls = new ArrayList<>();
  private final ScriptedHandler handler = ScriptedHandler.forMemfds(calls);

  private final RecordingQuiescer quiescer = new RecordingQuiescer(calls);
  private LiveUpdate luo;

  @BeforeEach
  void open() throws Exception {
    luo = InProcessHandover.open(TwoStages.options(handler).quiescer(quiescer));
    TwoStages.preserve(luo.createSession("a"), 0xa1, 0xa2);
    TwoStages.preserve(luo.createSession("b"), 0xb1, 0xb2);
    TwoStages.preserve(luo.createSession("c"), 0xc1, 0xc2);
    calls.clear();
  }

  @AfterEach
  void close() {
    luo.close();
  }

  @Test
  void ser02_sessionsAreFrozenInOrderOfCreationFilesOldestFirst() throws Exception {
    try (InProcessHandover handover =
        TwoStages.handOver(luo, ScriptedHandler.forMemfds(new ArrayList<>()))) {
      assertThat(take(calls))
          .containsExactly(
              "pause",
              "freeze 0xa1",
              "freeze 0xa2",
              "freeze 0xb1",
              "freeze 0xb2",
              "freeze 0xc1",
              "freeze 0xc2");
      TwoStages.discardAll(handover.successor());
      handover.successor().close();
    }
  }

  @Test
  void takeBack_thawsEverything() throws Exception {
    try (InProcessHandover handover =
        TwoStages.handOver(luo, ScriptedHandler.forMemfds(new ArrayList<>()))) {
      take(calls);
      TwoStages.discardAll(handover.successor());
      handover.successor().close();
      handover.takeBack();
    }

    assertThat(take(calls))
        .containsExactly(
            "unfreeze 0xc1",
            "unfreeze 0xc2",
            "unfreeze 0xb1",
            "unfreeze 0xb2",
            "unfreeze 0xa1",
            "unfreeze 0xa2",
            "resume");
    TwoStages.preserve(luo.createSession("d"), 0xd1);
  }
}
