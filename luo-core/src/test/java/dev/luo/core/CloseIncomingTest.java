// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static dev.luo.core.ScriptedHandler.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.linux.Errno;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A claim that is given back. */
@NoDescriptorLeaks
class CloseIncomingTest {

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

  private void retrieveAll() throws Exception {
    for (Token token : session.tokens()) {
      session.retrieve(token).file().close();
    }
    take(calls);
  }

  @Test
  void ses35_withFilesNotRetrievedItLosesNothing() throws Exception {
    session.retrieve(Token.of(1)).file().close();
    session.close();

    assertThat(take(calls)).doesNotContain("canFinish 0x1");
    session = successor.retrieveSession("s");
    assertThat(TwoStages.number(session, 3)).isEqualTo(3);
  }

  @Test
  void ses27_ses35_withEverythingRetrievedItFinishesTheSession() throws Exception {
    retrieveAll();

    session.close();

    assertThat(take(calls)).endsWith("finish 0x2 retrieved", "finish 0x1 retrieved");
    assertThatExceptionOfType(NoSuchSessionException.class)
        .isThrownBy(() -> successor.retrieveSession("s"))
        .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
  }

  @Test
  void ses28_ses37_aRefusalIsToldToTheCloserAndNothingIsOrphaned() throws Exception {
    retrieveAll();
    handler.refuseToFinish(Token.of(1));

    assertThatExceptionOfType(NotFinishableException.class)
        .isThrownBy(session::close)
        .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EBUSY));

    handler.refuseToFinish(null);
    session = successor.retrieveSession("s");
    session.finish();
  }

  @Test
  void ses36_afterFinishItCallsNobody() throws Exception {
    retrieveAll();
    session.finish();
    take(calls);

    session.close();

    assertThat(calls).isEmpty();
  }

  @Test
  void ses28_aSessionWhoseFinishWasRefusedHasAllItsFilesWhenItIsClaimedAgain() throws Exception {
    retrieveAll();
    handler.refuseToFinish(Token.of(3));
    assertThatExceptionOfType(NotFinishableException.class).isThrownBy(session::close);
    take(calls);

    session = successor.retrieveSession("s");

    for (Token token : session.tokens()) {
      assertThat(TwoStages.number(session, token.value())).isEqualTo(token.value());
    }
    assertThat(session.tokens()).hasSize(3);
    assertThat(calls).isEmpty();
  }
}
