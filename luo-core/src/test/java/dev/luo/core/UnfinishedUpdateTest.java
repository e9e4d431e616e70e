// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.core.testing.InProcessHandover;
import dev.luo.linux.Errno;
import dev.luo.testing.NoDescriptorLeaks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No update while something that came is not finished. */
@NoDescriptorLeaks
class UnfinishedUpdateTest {

  private static final Successor NOBODY = Successor.ofCommand("/nonexistent");

  private LiveUpdate successor;

  @BeforeEach
  void handOver() throws Exception {
    successor = TwoStages.arrived(new MinimalHandler());
  }

  @AfterEach
  void end() throws Exception {
    TwoStages.discardAll(successor);
    successor.close();
  }

  private void assertRefused(String sessions) {
    assertThatExceptionOfType(IncomingUnfinishedException.class)
        .isThrownBy(() -> successor.update(NOBODY))
        .satisfies(e -> {
          assertThat(e.errno()).isEqualTo(Errno.EBUSY);
          assertThat(String.join(", ", e.sessions())).isEqualTo(sessions);
        })
        .withMessageContaining(sessions);
  }

  @Test
  void ses39_unclaimedSessionsAreNotLost() throws Exception {
    assertRefused("s, t, empty");

    successor.retrieveSession("s").close();
    assertRefused("s, t, empty");
  }

  @Test
  void ses40_aClaimedSessionIsNotLost() throws Exception {
    try (IncomingSession session = successor.retrieveSession("s")) {
      TwoStages.discardAll(successor, "t", "empty");

      assertRefused("s");
      session.discard();
    }
  }

  @Test
  void ses39_ses40_finishedSessionsAreInNobodysWay() throws Exception {
    IncomingSession notClosed = successor.retrieveSession("s");
    notClosed.discard();
    TwoStages.discardAll(successor);

    assertThatExceptionOfType(SuccessorRefusedException.class)
        .isThrownBy(() -> successor.update(NOBODY));
    notClosed.close();
  }

  @Test
  void ser18_whatCameIsNotHandedOn() throws Exception {
    assertThatExceptionOfType(IncomingUnfinishedException.class)
        .isThrownBy(() -> TwoStages.handOver(successor, new MinimalHandler()));
    TwoStages.discardAll(successor);
    successor.createSession("new");

    try (InProcessHandover handover = TwoStages.handOver(successor, new MinimalHandler());
        LiveUpdate next = handover.successor()) {
      assertThat(next.incoming().orElseThrow().sessions()).containsExactly("new");
      TwoStages.discardAll(next);
    }
  }
}
