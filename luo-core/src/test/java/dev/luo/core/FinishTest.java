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
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@NoDescriptorLeaks
class FinishTest {

  private final List<String> calls = new ArrayList<>();
  private final ScriptedHandler handler = ScriptedHandler.forMemfds(calls);
  private LiveUpdate successor;
  private IncomingSession session;

  @BeforeEach
  void handOver() throws Exception {
    LiveUpdate predecessor = TwoStages.open(ScriptedHandler.forMemfds(new ArrayList<>()));
    TwoStages.preserve(predecessor.createSession("s"), 1, 2, 3);
    predecessor.createSession("empty");
    try (InProcessHandover handover = TwoStages.handOver(predecessor, handler)) {
      successor = handover.successor();
    }
    session = successor.retrieveSession("s");
  }

  @AfterEach
  void end() throws Exception {
    handler.refuseToFinish(null);
    session.close();
    for (String name : successor.incoming().orElseThrow().sessions()) {
      try (IncomingSession unfinished = successor.retrieveSession(name)) {
        unfinished.discard();
      }
    }
    successor.close();
  }

  private void retrieveAll() throws Exception {
    for (Token token : session.tokens()) {
      session.retrieve(token).file().close();
    }
    take(calls);
  }

  @Test
  @DisplayName(
      "LUO-FIL-34 and 36 all are verified, all asked oldest first, then finished newest first")
  void fil34_fil36_finish_order() throws Exception {
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
  @DisplayName(
      "LUO-SES-31 and 32 finishing twice does nothing, and nothing is retrieved afterwards")
  void ses31_ses32_finish_secondTime() throws Exception {
    retrieveAll();
    session.finish();
    take(calls);

    session.finish();

    assertThat(calls).isEmpty();
    assertThat(session.tokens()).isEmpty();
    assertThatExceptionOfType(NoSuchTokenException.class)
        .isThrownBy(() -> session.retrieve(Token.of(1)));
  }

  @Test
  @DisplayName("LUO-SES-33 one no leaves everything as it was, and can become a yes")
  void ses33_finish_refusedByHandler() throws Exception {
    retrieveAll();
    handler.refuseToFinish(Token.of(2));

    assertThatExceptionOfType(NotFinishableException.class)
        .isThrownBy(session::finish)
        .satisfies(e -> {
          assertThat(e.errno()).isEqualTo(Errno.EBUSY);
          assertThat(e.recovery()).isEqualTo(Recovery.RETRY_LATER);
        })
        .withMessageContaining("0x2");
    assertThat(take(calls)).endsWith("canFinish 0x1", "canFinish 0x2");

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
        .withMessageContaining("0x2");

    assertThat(calls).isEmpty();
    assertThat(TwoStages.number(session, 2)).isEqualTo(2);
  }

  @Test
  @DisplayName("LUO-FIL-37 and 39 discarding tells each handler what became of its file")
  void fil37_fil39_discard_saysWhatBecameOfEachFile() throws Exception {
    handler.failing("retrieve 0x2");
    session.retrieve(Token.of(1)).file().close();
    assertThatExceptionOfType(HandlerFailedException.class)
        .isThrownBy(() -> session.retrieve(Token.of(2)));
    take(calls);

    session.discard();

    assertThat(take(calls))
        .endsWith("finish 0x3 never tried", "finish 0x2 failed", "finish 0x1 retrieved")
        .doesNotContain("retrieve 0x3");
  }

  @Test
  @DisplayName("LUO-FIL-40 files retrieved earlier stay valid after finish and close")
  void fil40_finish_leavesRetrievedFilesAlone() throws Exception {
    try (Fd file = session.retrieve(Token.of(1)).file()) {
      session.discard();
      session.close();

      assertThat(Memfds.number(file)).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("LUO-SES-35 a claim given back with files not retrieved loses nothing")
  void ses35_close_withFilesNotRetrieved() throws Exception {
    session.retrieve(Token.of(1)).file().close();
    session.close();

    assertThat(take(calls)).doesNotContain("canFinish 0x1");
    session = successor.retrieveSession("s");
    assertThat(TwoStages.number(session, 3)).isEqualTo(3);
  }

  @Test
  @DisplayName(
      "LUO-SES-27 and 35 a claim given back with every file retrieved finishes the session")
  void ses27_ses35_close_withEverythingRetrieved() throws Exception {
    retrieveAll();

    session.close();

    assertThat(take(calls)).endsWith("finish 0x2 retrieved", "finish 0x1 retrieved");
    assertThatExceptionOfType(NoSuchSessionException.class)
        .isThrownBy(() -> successor.retrieveSession("s"))
        .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
  }

  @Test
  @DisplayName(
      "LUO-SES-28 and 37 a refused implicit finish is told to the closer; nothing is orphaned")
  void ses28_ses37_close_refused() throws Exception {
    retrieveAll();
    handler.refuseToFinish(Token.of(1));

    assertThatExceptionOfType(NotFinishableException.class).isThrownBy(session::close);

    handler.refuseToFinish(null);
    session = successor.retrieveSession("s");
    session.finish();
  }

  @Test
  @DisplayName(
      "LUO-SES-24 to 26 a session is claimed once at a time, and gone after finish and close")
  void ses24_ses25_ses26_retrieveSession() throws Exception {
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

  @Test
  @DisplayName("LUO-SES-30 an empty session crosses and finishes without a callback")
  void ses30_finish_emptySession() throws Exception {
    try (IncomingSession empty = successor.retrieveSession("empty")) {
      empty.finish();
    }
    assertThat(calls).isEmpty();
  }

  @Test
  @DisplayName("LUO-SES-39 and 40 no update while something is unfinished")
  void ses39_ses40_update_withUnfinishedSessions() {
    assertThatExceptionOfType(IncomingUnfinishedException.class)
        .isThrownBy(() -> successor.update(Successor.sameCommand()))
        .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EBUSY))
        .withMessageContaining("s, empty");
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
}
