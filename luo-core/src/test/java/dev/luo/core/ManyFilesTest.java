// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static dev.luo.core.ScriptedHandler.take;
import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.core.testing.InProcessHandover;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Hundreds of files in one session. */
@NoDescriptorLeaks
class ManyFilesTest {

  private static final int FILES = 500;

  private final List<String> calls = new ArrayList<>();

  private static long[] tokens() {
    return LongStream.rangeClosed(1, FILES).toArray();
  }

  @Test
  void fil18_closingReleasesAllOfThem() throws Exception {
    try (LiveUpdate luo = TwoStages.open(ScriptedHandler.forMemfds(calls))) {
      OutgoingSession session = luo.createSession("s");
      TwoStages.preserve(session, tokens());
      assertThat(session.tokens()).hasSize(FILES);
      take(calls);

      session.close();

      assertThat(take(calls))
          .containsExactlyElementsOf(
              LongStream.of(tokens())
                  .mapToObj(token -> "unpreserve " + Token.of(FILES + 1 - token))
                  .toList());
    }
  }

  @Test
  void fil18_ser19_allOfThemCrossInOrder() throws Exception {
    LiveUpdate luo = TwoStages.open(ScriptedHandler.forMemfds(calls));
    TwoStages.preserve(luo.createSession("s"), tokens());
    try (InProcessHandover handover = TwoStages.handOver(luo, ScriptedHandler.forMemfds(calls));
        LiveUpdate successor = handover.successor();
        IncomingSession session = successor.retrieveSession("s")) {
      for (long token : tokens()) {
        assertThat(TwoStages.number(session, token)).isEqualTo(token);
      }
      take(calls);

      session.finish();

      assertThat(take(calls).stream().filter(call -> call.startsWith("canFinish")))
          .containsExactlyElementsOf(
              LongStream.of(tokens()).mapToObj(token -> "canFinish " + Token.of(token)).toList());
    }
  }
}
