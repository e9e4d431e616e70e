// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static dev.luo.core.ScriptedHandler.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.core.testing.InProcessHandover;
import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.spi.NoSuchTokenException;
import dev.luo.spi.Recovery;
import dev.luo.spi.Restored;
import dev.luo.spi.Retrieval;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The end of an incoming session, asked for by name. */
@NoDescriptorLeaks
class FinishTest {

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
  void fil34_fil36_allAreAskedOldestFirstThenFinishedNewestFirst() throws Exception {
    retrieveAll();

    session.finish();

    assertThat(take(calls))
        .containsExactly(
            "verify 0x1",
            "verify 0x2",
            "verify 0x3",
            "canFinish 0x1",
            "canFinish 0x2",
            "canFinish 0x3",
            "finish 0x3 retrieved",
            "finish 0x2 retrieved",
            "finish 0x1 retrieved");
  }

  @Test
  void ses31_ses32_aSecondFinishDoesNothingAndNothingIsLeftToRetrieve() throws Exception {
    retrieveAll();
    session.finish();
    take(calls);

    session.finish();

    assertThat(calls).isEmpty();
    assertThat(session.tokens()).isEmpty();
    assertThatExceptionOfType(NoSuchTokenException.class)
        .isThrownBy(() -> session.retrieve(Token.of(1)))
        .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
  }

  @Test
  void ses33_oneNoLeavesEverythingAndCanBecomeAYes() throws Exception {
    retrieveAll();
    handler.refuseToFinish(Token.of(2));

    assertThatExceptionOfType(NotFinishableException.class)
        .isThrownBy(session::finish)
        .satisfies(e -> {
          assertThat(e.errno()).isEqualTo(Errno.EBUSY);
          assertThat(e.recovery()).isEqualTo(Recovery.RETRY_LATER);
          assertThat(e.session()).isEqualTo("s");
          assertThat(e.token()).isEqualTo(Token.of(2));
          assertThat(e.reason()).isEqualTo(NotFinishableException.Reason.STILL_NEEDED);
        })
        .withMessageContaining("0x2");
    assertThat(take(calls)).endsWith("canFinish 0x1", "canFinish 0x2");
    assertThat(session.tokens()).hasSize(3);
    assertThat(TwoStages.number(session, 3)).isEqualTo(3);

    handler.refuseToFinish(null);
    session.finish();
    assertThat(take(calls)).contains("finish 0x1 retrieved").doesNotContain("verify 0x1");
  }

  @Test
  void finish_withFilesNotRetrieved_losesNothing() throws Exception {
    session.retrieve(Token.of(1)).file().close();
    take(calls);

    assertThatExceptionOfType(NotFinishableException.class)
        .isThrownBy(session::finish)
        .withMessageContaining("0x2")
        .satisfies(e -> {
          assertThat(e.recovery()).isEqualTo(Recovery.FIX_ARGUMENTS);
          assertThat(e.token()).isEqualTo(Token.of(2));
          assertThat(e.reason()).isEqualTo(NotFinishableException.Reason.NOT_RETRIEVED);
        });

    assertThat(calls).isEmpty();
    assertThat(TwoStages.number(session, 2)).isEqualTo(2);
  }

  @Test
  void fil34_fil36_fil37_fil39_discardTellsEachHandlerWhatBecameOfItsFile() throws Exception {
    handler.failing("retrieve 0x2");
    session.retrieve(Token.of(1)).file().close();
    assertThatExceptionOfType(HandlerFailedException.class)
        .isThrownBy(() -> session.retrieve(Token.of(2)));
    take(calls);

    session.discard();

    assertThat(take(calls))
        .containsExactly(
            "canFinish 0x1",
            "canFinish 0x2",
            "canFinish 0x3",
            "finish 0x3 never tried",
            "finish 0x2 failed",
            "finish 0x1 retrieved");
  }

  @Test
  void fil40_retrievedFilesStayValidAfterFinishAndClose() throws Exception {
    try (Fd file = session.retrieve(Token.of(1)).file()) {
      session.discard();
      assertThat(Memfds.number(file)).isEqualTo(1);
      session.close();
      TwoStages.discardAll(successor);

      assertThat(Memfds.number(file)).isEqualTo(1);
    }
  }

  @Test
  void ses30_fil41_anEmptySessionCrossesAndFinishesWithoutACallback() throws Exception {
    try (IncomingSession empty = successor.retrieveSession("empty")) {
      empty.finish();
    }
    assertThat(calls).isEmpty();
  }

  @Test
  void finish_mayLookAtEveryOtherFile() throws Exception {
    retrieveAll();
    List<Long> seen = new ArrayList<>();
    handler.whenFinishing =
        context -> {
          for (long other = 1; other <= 3; other++) {
            if (context.retrievalOf(Token.of(other))
                instanceof Retrieval.Retrieved(Restored file)) {
              seen.add(Memfds.number(file.file()));
            }
          }
        };

    session.finish();

    assertThat(seen).containsExactly(1L, 2L, 3L, 1L, 2L, 3L, 1L, 2L, 3L);
  }

  @Test
  void verify_failureKeepsTheSession() throws Exception {
    retrieveAll();
    handler.failing("verify 0x2");

    assertThatExceptionOfType(HandlerFailedException.class)
        .isThrownBy(session::finish)
        .withMessageContaining("verify failed for token 0x2");

    assertThat(take(calls)).containsExactly("verify 0x1", "verify 0x2");
    handler.mend("verify 0x2");
    session.finish();
  }

  @Test
  void fil37_whoIsAskedSeesWhatBecameOfTheFileAndWithWhichError() throws Exception {
    handler.failing("retrieve 0x2");
    session.retrieve(Token.of(1)).file().close();
    assertThatExceptionOfType(HandlerFailedException.class)
        .isThrownBy(() -> session.retrieve(Token.of(2)));
    List<Retrieval> asked = new ArrayList<>();
    List<Retrieval> finished = new ArrayList<>();
    handler.whenAsked = context -> asked.add(context.retrieval());
    handler.whenFinishing = context -> finished.add(context.retrieval());

    session.discard();

    for (List<Retrieval> seen : List.of(asked, finished.reversed())) {
      assertThat(seen).hasSize(3);
      assertThat(seen.get(0)).isInstanceOf(Retrieval.Retrieved.class);
      assertThat(seen.get(1))
          .isInstanceOfSatisfying(
              Retrieval.Failed.class,
              failed -> assertThat(failed.failure().errno()).isEqualTo(Errno.EXDEV));
      assertThat(seen.get(2)).isInstanceOf(Retrieval.NotAttempted.class);
    }
  }

  @Test
  void fil34_ses33_aNoOfAFileThatNobodyRetrievedCountsToo() throws Exception {
    handler.refuseToFinish(Token.of(2));

    assertThatExceptionOfType(NotFinishableException.class)
        .isThrownBy(session::discard)
        .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EBUSY));

    assertThat(take(calls)).containsExactly("canFinish 0x1", "canFinish 0x2");
    assertThat(session.tokens()).hasSize(3);
    assertThat(TwoStages.number(session, 2)).isEqualTo(2);
  }

  @Test
  void fil38_theHandlerIsFirstThenItsStatesInReverseThenTheIdentity() throws Exception {
    List<String> moments = new ArrayList<>();
    LiveUpdate predecessor =
        TwoStages.open(
            ScriptedHandler.forMemfds(moments, new CountedState("first-v1", 1, moments)));
    TwoStages.preserve(predecessor.createSession("s"), 1);
    CountedState shared = new CountedState("first-v1", 1, moments);
    try (InProcessHandover handover =
            TwoStages.handOver(predecessor, ScriptedHandler.forMemfds(moments, shared));
        LiveUpdate luo = handover.successor();
        IncomingSession came = luo.retrieveSession("s");
        Fd file = came.retrieve(Token.of(1)).file();
        OutgoingSession next = luo.createSession("next")) {
      shared.whenFinishing =
          () -> {
            assertThatExceptionOfType(AlreadyPreservedException.class)
                .isThrownBy(() -> next.preserve(Token.of(1), file));
            moments.add("still taken");
          };
      moments.clear();

      came.finish();

      assertThat(moments)
          .endsWith(
              "finish 0x1 retrieved", "retrieve first-v1", "finish first-v1 1", "still taken");
      next.preserve(Token.of(1), file);
    }
  }
}
