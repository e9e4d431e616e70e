// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static dev.luo.core.ScriptedHandler.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.luo.core.testing.InProcessHandover;
import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.spi.LuoException;
import dev.luo.spi.NoSuchTokenException;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A session that came becomes one that will be handed over. */
@NoDescriptorLeaks
class RenewTest {

  private final List<String> calls = new ArrayList<>();
  private final CountedState state = new CountedState("state-v1", 7, calls);
  private final ScriptedHandler handler = ScriptedHandler.forMemfds(calls, state);
  private LiveUpdate luo;
  private IncomingSession session;

  @BeforeEach
  void handOver() throws Exception {
    List<String> before = new ArrayList<>();
    LiveUpdate predecessor =
        TwoStages.open(ScriptedHandler.forMemfds(before, new CountedState("state-v1", 7, before)));
    TwoStages.preserve(predecessor.createSession("s"), 3, 1, 2);
    try (InProcessHandover handover = TwoStages.handOver(predecessor, handler)) {
      luo = handover.successor();
    }
    session = luo.retrieveSession("s");
  }

  @AfterEach
  void end() throws Exception {
    session.close();
    for (String name : luo.incoming().orElseThrow().sessions()) {
      try (IncomingSession unfinished = luo.retrieveSession(name)) {
        unfinished.discard();
      }
    }
    luo.close();
  }

  private void retrieveAll() throws Exception {
    for (Token token : session.tokens()) {
      session.retrieve(token).file().close();
    }
    take(calls);
  }

  private static Token[] tokens(long... numbers) {
    Token[] tokens = new Token[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      tokens[i] = Token.of(numbers[i]);
    }
    return tokens;
  }

  @Test
  void ser18_everythingIsPreservedAgainBeforeAnythingIsFinished() throws Exception {
    retrieveAll();

    OutgoingSession renewed = session.renew();

    assertThat(take(calls))
        .containsExactly(
            "verify 0x3",
            "verify 0x1",
            "verify 0x2",
            "canFinish 0x3",
            "canFinish 0x1",
            "canFinish 0x2",
            "preserve state-v1",
            "preserve 0x3",
            "preserve 0x1",
            "preserve 0x2",
            "finish 0x2 retrieved",
            "finish 0x1 retrieved",
            "finish 0x3 retrieved",
            "retrieve state-v1",
            "finish state-v1 7");
    assertThat(renewed.name()).isEqualTo("s");
    assertThat(renewed.tokens()).containsExactly(tokens(1, 2, 3));
    assertThat(session.tokens()).isEmpty();
    assertThat(luo.incoming().orElseThrow().sessions()).isEmpty();
  }

  @Test
  void ses26_renewedSessionIsGoneOnceItIsClosed() throws Exception {
    retrieveAll();
    OutgoingSession renewed = session.renew();
    take(calls);

    session.close();

    assertThat(calls).isEmpty();
    assertThatExceptionOfType(NoSuchSessionException.class)
        .isThrownBy(() -> luo.retrieveSession("s"));
    assertThat(renewed.tokens()).hasSize(3);
  }

  @Test
  void fil14_fil15_thingStaysInLuosHands() throws Exception {
    try (Fd mine = session.retrieve(Token.of(1)).file()) {
      retrieveAll();
      List<Class<?>> refusals = new ArrayList<>();
      OutgoingSession other = luo.createSession("other");
      handler.whenPreserving = context -> refusals.add(refusal(other, mine));

      OutgoingSession renewed = session.renew();

      handler.whenPreserving = context -> {};
      refusals.add(refusal(other, mine));
      assertThat(refusals).hasSize(4).containsOnly(AlreadyPreservedException.class);
      renewed.unpreserve(Token.of(1));
      other.preserve(Token.of(9), mine);
    }
  }

  /** Tries to preserve it, in another thread as sessions are locked during callbacks. */
  private static Class<?> refusal(OutgoingSession session, Fd file) {
    return CompletableFuture.<Class<?>>supplyAsync(
            () -> {
              try {
                session.preserve(Token.of(9), file);
                return Object.class;
              } catch (LuoException e) {
                return e.getClass();
              }
            })
        .join();
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 1, 2})
  void fil16_flb15_failureAtAnyFileUndoesEverything(long failing) throws Exception {
    retrieveAll();
    handler.failing("preserve 0x" + failing);

    assertThatExceptionOfType(HandlerFailedException.class)
        .isThrownBy(session::renew)
        .satisfies(e -> {
          assertThat(e.token()).isEqualTo(Token.of(failing));
          assertThat(e.errno()).isEqualTo(Errno.EXDEV);
        });

    List<String> undone = take(calls);
    List<String> preserved =
        undone.stream().filter(call -> call.startsWith("preserve 0x")).toList();
    List<String> unpreserved =
        undone.stream().filter(call -> call.startsWith("unpreserve 0x")).toList();
    assertThat(unpreserved)
        .isEqualTo(
            preserved.subList(0, preserved.size() - 1).reversed().stream()
                .map("un"::concat)
                .toList());
    assertThat(undone)
        .endsWith("unpreserve state-v1 7")
        .noneMatch(call -> call.startsWith("finish"));
    assertThat(session.tokens()).containsExactly(tokens(1, 2, 3));
    assertThat(TwoStages.number(session, 2)).isEqualTo(2);

    handler.mend("preserve 0x" + failing);
    assertThat(session.renew().tokens()).containsExactly(tokens(1, 2, 3));
    assertThat(take(calls)).endsWith("finish state-v1 7");
  }

  @Test
  void fil31_fileThatIsNotRetrievedKeepsTheSession() throws Exception {
    session.retrieve(Token.of(1)).file().close();
    take(calls);

    assertThatExceptionOfType(NotFinishableException.class)
        .isThrownBy(session::renew)
        .withMessageContaining("0x3");

    assertThat(calls).isEmpty();
  }

  @Test
  void ses33_handlerThatDoesNotAgreeKeepsTheSession() throws Exception {
    retrieveAll();
    handler.refuseToFinish(Token.of(1));

    assertThatExceptionOfType(NotFinishableException.class).isThrownBy(session::renew);

    assertThat(take(calls)).noneMatch(call -> call.startsWith("preserve"));
    handler.refuseToFinish(null);
    session.renew();
  }

  @Test
  void ses07_outgoingSessionOfTheNameKeepsTheSession() throws Exception {
    retrieveAll();
    OutgoingSession same = luo.createSession("s");

    assertThatExceptionOfType(SessionExistsException.class).isThrownBy(session::renew);

    same.close();
    session.renew();
  }

  @Test
  void verify_failureKeepsTheSession() throws Exception {
    retrieveAll();
    handler.failing("verify 0x1");

    assertThatExceptionOfType(HandlerFailedException.class).isThrownBy(session::renew);

    assertThat(take(calls)).containsExactly("verify 0x3", "verify 0x1");
    handler.mend("verify 0x1");
  }

  @Test
  void attachments_areGivenByToken() throws Exception {
    retrieveAll();
    List<Optional<String>> seen = new ArrayList<>();
    handler.whenPreserving = context -> seen.add(context.attachment(String.class));

    session.renew(Map.of(Token.of(1), Attachment.of("ledger")));

    assertThat(seen).containsExactly(Optional.empty(), Optional.of("ledger"), Optional.empty());
  }

  @Test
  void fil27_attachmentForAnUnknownTokenIsRefused() throws Exception {
    retrieveAll();

    assertThatExceptionOfType(NoSuchTokenException.class)
        .isThrownBy(() -> session.renew(Map.of(Token.of(9), Attachment.of("ledger"))));

    assertThat(calls).isEmpty();
  }

  @Test
  void finishedSession_isNotRenewed() throws Exception {
    session.discard();

    assertThatIllegalStateException().isThrownBy(session::renew);
  }

  @Test
  void closedLuo_renewsNothing() throws Exception {
    retrieveAll();
    luo.close();

    assertThatIllegalStateException().isThrownBy(session::renew);

    assertThat(session.tokens()).hasSize(3);
  }

  @Test
  void references_areMadeAgain() throws Exception {
    handler.referring(2, 1);
    retrieveAll();

    OutgoingSession renewed = session.renew();

    assertThatExceptionOfType(FileReferredToException.class)
        .isThrownBy(() -> renewed.unpreserve(Token.of(1)));
  }

  @Test
  void ser22_fil15_generationsFollowEachOther() throws Exception {
    LiveUpdate now = luo;
    List<String> later = new ArrayList<>();
    for (int generation = 2; generation <= 4; generation++) {
      try (IncomingSession came = generation == 2 ? session : now.retrieveSession("s")) {
        for (Token token : came.tokens()) {
          came.retrieve(token).file().close();
        }
        came.renew();
      }
      ScriptedHandler next =
          ScriptedHandler.forMemfds(later, new CountedState("state-v1", 7, later));
      try (InProcessHandover handover = TwoStages.handOver(now, next)) {
        now = handover.successor();
      }
      assertThat(now.incoming().orElseThrow().generation()).isEqualTo(generation);
    }
    try (LiveUpdate last = now;
        IncomingSession came = last.retrieveSession("s")) {
      assertThat(came.tokens()).containsExactly(tokens(1, 2, 3));
      assertThat(TwoStages.number(came, 1)).isEqualTo(1);
      assertThat(TwoStages.number(came, 3)).isEqualTo(3);
      came.discard();
    }
    assertThat(later).filteredOn("preserve state-v1"::equals).hasSize(2);
    assertThat(later).filteredOn("finish state-v1 7"::equals).hasSize(3);
  }
}
