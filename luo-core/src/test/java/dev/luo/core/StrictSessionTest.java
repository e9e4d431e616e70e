// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static dev.luo.core.ScriptedHandler.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.core.testing.InProcessHandover;
import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The kernel's half of the rules about sessions that are marked safe. */
@NoDescriptorLeaks
class StrictSessionTest {

  private final List<String> calls = new ArrayList<>();
  private final ScriptedHandler handler = ScriptedHandler.forMemfds(calls);
  private LiveUpdate successor;
  private IncomingSession session;

  private static Options strict(ScriptedHandler handler) {
    return TwoStages.options(handler).strict();
  }

  @BeforeEach
  void handOver() throws Exception {
    LiveUpdate predecessor =
        InProcessHandover.open(strict(ScriptedHandler.forMemfds(new ArrayList<>())));
    TwoStages.preserve(predecessor.createSession("s"), 1, 2, 3);
    predecessor.createSession("empty");
    try (InProcessHandover handover = InProcessHandover.handOver(predecessor, strict(handler))) {
      successor = handover.successor();
    }
    session = successor.retrieveSession("s");
  }

  @AfterEach
  void end() throws Exception {
    // The next update leaves behind whatever is not finished.
    try (InProcessHandover handover = InProcessHandover.handOver(successor, strict(handler))) {
      handover.successor().close();
    }
  }

  @Test
  void fil39_fil34_fil36_finishDiscardsWhatNobodyRetrieved() throws Exception {
    session.retrieve(Token.of(2)).file().close();
    take(calls);

    session.finish();

    assertThat(take(calls))
        .containsExactly(
            "canFinish 0x1",
            "canFinish 0x2",
            "canFinish 0x3",
            "finish 0x3 never tried",
            "finish 0x2 retrieved",
            "finish 0x1 never tried");
  }

  @Test
  void fil39_finishVerifiesNothing() throws Exception {
    for (Token token : session.tokens()) {
      session.retrieve(token).file().close();
    }
    take(calls);

    session.finish();

    assertThat(calls).noneMatch(call -> call.startsWith("verify")).hasSize(6);
  }

  @Test
  void fil37_fil39_finishDiscardsWhatFailed() throws Exception {
    handler.failing("retrieve 0x1");
    assertThatExceptionOfType(HandlerFailedException.class)
        .isThrownBy(() -> session.retrieve(Token.of(1)));

    session.finish();

    assertThat(calls).endsWith("finish 0x1 failed");
  }

  @Test
  void ses27_ses35_closeFinishesAndDiscards() throws Exception {
    session.close();

    assertThat(take(calls))
        .containsExactly(
            "canFinish 0x1",
            "canFinish 0x2",
            "canFinish 0x3",
            "finish 0x3 never tried",
            "finish 0x2 never tried",
            "finish 0x1 never tried");
    assertThatExceptionOfType(NoSuchSessionException.class)
        .isThrownBy(() -> successor.retrieveSession("s"));
  }

  @Test
  void ses36_closeAfterFinishCallsNobody() throws Exception {
    session.finish();
    take(calls);

    session.close();

    assertThat(calls).isEmpty();
  }

  @Test
  void ses28_ses37_refusedCloseIsNotReportedAndLeavesAnOrphan() throws Exception {
    handler.refuseToFinish(Token.of(2));

    session.close();

    assertThat(take(calls)).containsExactly("canFinish 0x1", "canFinish 0x2");
    handler.refuseToFinish(null);
    assertThatExceptionOfType(SessionClaimedException.class)
        .isThrownBy(() -> successor.retrieveSession("s"))
        .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL));
    assertThat(successor.incoming().orElseThrow().sessions()).containsExactly("s", "empty");
  }

  @Test
  void ses33_refusedFinishChangesNothing() throws Exception {
    handler.refuseToFinish(Token.of(2));
    assertThatExceptionOfType(NotFinishableException.class)
        .isThrownBy(session::finish)
        .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EBUSY));
    handler.refuseToFinish(null);

    session.finish();

    assertThat(calls).endsWith("finish 0x1 never tried");
  }

  @Test
  void ses39_ses40_ser18_updateLeavesOutWhatIsNotFinished() throws Exception {
    session.retrieve(Token.of(1)).file().close();
    OutgoingSession next = successor.createSession("next");
    take(calls);

    try (InProcessHandover handover = InProcessHandover.handOver(successor, strict(handler));
        LiveUpdate third = handover.successor()) {
      assertThat(third.incoming().orElseThrow().sessions()).containsExactly("next");
      handover.takeBack();
    }

    assertThat(calls).isEmpty();
    assertThat(TwoStages.number(session, 1)).isEqualTo(1);
    next.close();
  }

  @Test
  void fil26_noSingleFileIsUnpreserved() throws Exception {
    OutgoingSession next = successor.createSession("next");
    TwoStages.preserve(next, 7);

    refused("unpreserve", () -> next.unpreserve(Token.of(7)));

    assertThat(next.tokens()).containsExactly(Token.of(7));
    assertThat(take(calls)).containsExactly("preserve 0x7");
    next.close();
  }

  @Test
  void fil31_failedRetrieveIsNotRetried() throws Exception {
    handler.failing("retrieve 0x1");
    assertThatExceptionOfType(HandlerFailedException.class)
        .isThrownBy(() -> session.retrieve(Token.of(1)));
    handler.mend("retrieve 0x1");
    take(calls);

    refused("retryRetrieve", () -> session.retryRetrieve(Token.of(1)));
    assertThatExceptionOfType(HandlerFailedException.class)
        .isThrownBy(() -> session.retrieve(Token.of(1)));

    assertThat(calls).isEmpty();
  }

  @Test
  void fil26_nothingIsVerifiedOnRequest() throws Exception {
    try (Fd _ = session.retrieve(Token.of(1)).file()) {
      take(calls);

      refused("verify", session::verify);

      assertThat(calls).isEmpty();
    }
  }

  @Test
  void ser18_nothingIsRenewed() throws Exception {
    refused("renew", session::renew);

    assertThat(session.tokens()).hasSize(3);
  }

  private static void refused(String request, ThrowingCallable call) {
    assertThatExceptionOfType(UnknownRequestException.class)
        .isThrownBy(call)
        .withMessageContaining(request)
        .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL));
  }
}
