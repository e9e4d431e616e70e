// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.core.testing.InProcessHandover;
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
        .isThrownBy(() -> successor.retrieveSession("s"))
        .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
  }

  @Test
  void ses20_ses21_whatWasNotHandedOverIsNotFoundWhateverItsName() {
    for (String name : List.of("S", "s\0", "", "x".repeat(64))) {
      assertThatExceptionOfType(NoSuchSessionException.class)
          .isThrownBy(() -> successor.retrieveSession(name))
          .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
    }
  }

  @Test
  void ses22_ses23_aSessionCreatedHereIsNotFoundAndOneThatCameIs() throws Exception {
    String longest = "€".repeat(21);
    LiveUpdate predecessor = TwoStages.open();
    predecessor.createSession(longest);
    try (InProcessHandover handover = TwoStages.handOver(predecessor);
        LiveUpdate luo = handover.successor();
        IncomingSession came = luo.retrieveSession(longest)) {
      luo.createSession("new");

      assertThat(came.name()).isEqualTo(longest);
      assertThatExceptionOfType(NoSuchSessionException.class)
          .isThrownBy(() -> luo.retrieveSession("new"))
          .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
    }
  }

  @Test
  void ses29_sessionsAreClaimedInAnyOrderEachOnItsOwn() throws Exception {
    session.close();
    for (String name : List.of("empty", "s", "t")) {
      try (IncomingSession claimed = successor.retrieveSession(name)) {
        assertThat(claimed.name()).isEqualTo(name);
        claimed.discard();
      }
    }
    assertThat(successor.incoming().orElseThrow().sessions()).isEmpty();
  }

  @Test
  void ses14_theNameIsAnsweredAlsoAfterFinishAndClose() throws Exception {
    session.discard();
    assertThat(session.name()).isEqualTo("s");
    session.close();
    assertThat(session.name()).isEqualTo("s");

    try (OutgoingSession outgoing = successor.createSession("next")) {
      assertThat(outgoing.name()).isEqualTo("next");
    }
  }
}
