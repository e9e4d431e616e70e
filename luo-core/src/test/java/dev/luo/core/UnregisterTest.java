// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static dev.luo.core.ScriptedHandler.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.core.testing.InProcessHandover;
import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.FdKind;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Handlers that come and go while luo is open. */
@NoDescriptorLeaks
class UnregisterTest {

  private final List<String> calls = new ArrayList<>();
  private final ScriptedHandler handler = ScriptedHandler.forMemfds(calls);
  private final ScriptedHandler other =
      new ScriptedHandler("other-memfd-v1", FdKind.MEMFD, new ArrayList<>());

  private static List<String> names(LiveUpdate luo) {
    return luo.handlers().list().stream().map(status -> status.compatible().value()).toList();
  }

  @Test
  void reg08_reg10_aHandlerWithFilesStaysAndOneWithoutGoes() throws Exception {
    try (LiveUpdate luo = TwoStages.open(handler);
        Fd memfd = Memfds.containing(2)) {
      OutgoingSession session = luo.createSession("s");
      TwoStages.preserve(session, 1);

      assertThatExceptionOfType(HandlerInUseException.class)
          .isThrownBy(() -> luo.unregister(handler))
          .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EBUSY))
          .satisfies(e -> assertThat(e.preserved()).isEqualTo(1))
          .satisfies(e -> assertThat(e.compatible()).isEqualTo(handler.compatible()));
      session.unpreserve(Token.of(1));
      luo.unregister(handler);

      assertThat(names(luo)).isEmpty();
      assertThatExceptionOfType(NoHandlerException.class)
          .isThrownBy(() -> session.preserve(Token.of(2), memfd));
    }
  }

  @Test
  void fil45_reg10_aHandlerIsHeldUntilWhatCameIsFinished() throws Exception {
    try (LiveUpdate successor = TwoStages.arrived(handler)) {
      assertThatExceptionOfType(HandlerInUseException.class)
          .isThrownBy(() -> successor.unregister(handler))
          .satisfies(e -> assertThat(e.unfinished()).isEqualTo(4));
      try (IncomingSession session = successor.retrieveSession("s")) {
        session.retrieve(session.tokens().first()).file().close();
        assertThatExceptionOfType(HandlerInUseException.class)
            .isThrownBy(() -> successor.unregister(handler))
            .satisfies(e -> assertThat(e.unfinished()).isEqualTo(4))
            .satisfies(e -> assertThat(e.preserved()).isZero());
        assertThat(successor.handlers().list().getFirst().preserved()).isZero();
        session.discard();
      }
      assertThatExceptionOfType(HandlerInUseException.class)
          .isThrownBy(() -> successor.unregister(handler))
          .satisfies(e -> assertThat(e.unfinished()).isEqualTo(1));

      TwoStages.discardAll(successor);
      successor.unregister(handler);
    }
  }

  @Test
  void fil45_aRefusedPreserveLetsGoOfTheHandler() throws Exception {
    handler.failing("preserve 0x1");
    try (LiveUpdate luo = TwoStages.open(handler);
        Fd memfd = Memfds.containing(1)) {
      OutgoingSession session = luo.createSession("s");
      assertThatExceptionOfType(HandlerFailedException.class)
          .isThrownBy(() -> session.preserve(Token.of(1), memfd));

      luo.unregister(handler);
    }
  }

  @Test
  void fil08_aHandlerThatGoesWhileItIsAskedEndsTheSearch() throws Exception {
    ScriptedHandler leaving = ScriptedHandler.forMemfds(calls);
    try (LiveUpdate luo = TwoStages.open(leaving, other);
        Fd memfd = Memfds.containing(1)) {
      OutgoingSession session = luo.createSession("s");
      leaving.whenTested = file -> luo.unregister(leaving);

      assertThatExceptionOfType(NoHandlerException.class)
          .isThrownBy(() -> session.preserve(Token.of(1), memfd))
          .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT))
          .withMessageContaining("scripted-memfd-v1");

      session.preserve(Token.of(1), memfd);
      assertThat(luo.handlers().list().getFirst().preserved()).isEqualTo(1);
    }
  }

  @Test
  void reg05_reg07_reg11_registeredAgainItIsAskedLast() throws Exception {
    try (LiveUpdate luo = TwoStages.open(handler, other)) {
      OutgoingSession session = luo.createSession("s");
      luo.unregister(handler);
      luo.register(handler);

      assertThat(names(luo)).containsExactly("other-memfd-v1", "scripted-memfd-v1");
      TwoStages.preserve(session, 1);
      assertThat(take(calls)).isEmpty();
    }
  }

  @Test
  void flb09_aHandlerThatIsNotRegisteredIsMetWithAWarning() throws Exception {
    CountedState shared = new CountedState("shared-v1", 1, calls);
    try (LiveUpdate luo = TwoStages.open(ScriptedHandler.forMemfds(calls, shared))) {
      luo.unregister(ScriptedHandler.forMemfds(calls, shared));

      assertThat(names(luo)).hasSize(1);
      TwoStages.preserve(luo.createSession("s"), 1);
      assertThat(take(calls)).contains("preserve shared-v1");
    }
  }

  @Test
  void flb10_sharedStateLeavesWithItsLastHandler() throws Exception {
    CountedState shared = new CountedState("shared-v1", 1, calls);
    CountedState rival = new CountedState("shared-v1", 2, calls);
    ScriptedHandler first = ScriptedHandler.forMemfds(calls, shared);
    ScriptedHandler second = new ScriptedHandler("second-v1", FdKind.SOCKET, calls, shared);
    ScriptedHandler third = new ScriptedHandler("third-v1", FdKind.PIPE, calls, rival);
    try (LiveUpdate luo = TwoStages.open(first, second)) {
      luo.unregister(first);
      assertThatExceptionOfType(DuplicateHandlerException.class)
          .isThrownBy(() -> luo.register(third));

      luo.unregister(second);
      luo.register(third);
    }
  }

  @Test
  void reg10_asTheKernelNothingLooksForFilesAndTheyKeepTheirHandler() throws Exception {
    LiveUpdate predecessor =
        InProcessHandover.open(TwoStages.options(ScriptedHandler.forMemfds(new ArrayList<>())));
    TwoStages.preserve(predecessor.createSession("came"), 1);
    try (InProcessHandover handover =
            InProcessHandover.handOver(predecessor, TwoStages.options(handler).strict());
        LiveUpdate luo = handover.successor();
        IncomingSession came = luo.retrieveSession("came")) {
      OutgoingSession goes = luo.createSession("goes");
      TwoStages.preserve(goes, 2);
      ScriptedHandler next = ScriptedHandler.forMemfds(new ArrayList<>());
      luo.unregister(handler);
      luo.register(next);
      take(calls);

      assertThat(TwoStages.number(came, 1)).isEqualTo(1);
      came.finish();
      goes.close();

      assertThat(take(calls))
          .containsSubsequence("retrieve 0x1", "finish 0x1 retrieved", "unpreserve 0x2");
    }
  }
}
