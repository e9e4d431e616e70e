// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.linux.Errno;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session is claimed by one at a time. */
@NoDescriptorLeaks
class ClaimTest {

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
  void ses24_ses25_ses26_aSessionIsClaimedOnceAndGoneAfterFinishAndClose() throws Exception {
    for (String moment : List.of("claimed", "finished")) {
      assertThatExceptionOfType(SessionClaimedException.class)
          .as(moment)
          .isThrownBy(() -> successor.retrieveSession("s"))
          .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL));
      session.discard();
    }
    session.close();

    assertThatExceptionOfType(NoSuchSessionException.class)
        .isThrownBy(() -> successor.retrieveSession("s"));
  }
}
