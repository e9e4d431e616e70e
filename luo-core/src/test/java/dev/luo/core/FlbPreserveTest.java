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
import dev.luo.linux.Pipe;
import dev.luo.spi.HandlerException;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Shared state in the predecessor. */
@NoDescriptorLeaks
class FlbPreserveTest {

  private final List<String> calls = new ArrayList<>();
  private final CountedState first = new CountedState("first-v1", 1, calls);
  private final CountedState second = new CountedState("second-v1", 2, calls);
  private final ScriptedHandler handler = ScriptedHandler.forMemfds(calls, first, second);

  @Test
  void flb11_flb12_flb13_flb16_savedWithTheFirstFileReleasedAfterTheLast() throws Exception {
    LiveUpdate luo = TwoStages.open(handler);
    OutgoingSession session = luo.createSession("s");
    TwoStages.preserve(session, 1);
    TwoStages.preserve(luo.createSession("t"), 2);
    assertThat(take(calls))
        .containsExactly("preserve first-v1", "preserve second-v1", "preserve 0x1", "preserve 0x2");

    session.unpreserve(Token.of(1));
    assertThat(take(calls)).containsExactly("unpreserve 0x1");

    luo.close();
    assertThat(take(calls))
        .containsExactly("unpreserve 0x2", "unpreserve second-v1 2", "unpreserve first-v1 1");
  }

  @Test
  void flb14_oneThatCannotBeSavedRefusesTheFileAndThoseBeforeArePutBack() throws Exception {
    second.failing = "preserve";
    try (LiveUpdate luo = TwoStages.open(handler);
        Fd memfd = Memfds.containing(1)) {
      OutgoingSession session = luo.createSession("s");

      assertThatExceptionOfType(HandlerException.class)
          .isThrownBy(() -> session.preserve(Token.of(1), memfd))
          .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EXDEV))
          .withMessageContaining("second-v1");

      assertThat(take(calls))
          .containsExactly("preserve first-v1", "preserve second-v1", "unpreserve first-v1 1");
      second.failing = "";
      session.preserve(Token.of(1), memfd);
    }
  }

  @Test
  void flb15_ifTheFileIsRefusedWhatItBroughtInIsReleased() throws Exception {
    handler.failing("preserve 0x1");
    try (LiveUpdate luo = TwoStages.open(handler);
        Fd memfd = Memfds.containing(1)) {
      OutgoingSession session = luo.createSession("s");

      assertThatExceptionOfType(HandlerFailedException.class)
          .isThrownBy(() -> session.preserve(Token.of(1), memfd));
    }
    assertThat(take(calls))
        .containsExactly(
            "preserve first-v1",
            "preserve second-v1",
            "preserve 0x1",
            "unpreserve second-v1 2",
            "unpreserve first-v1 1");
  }

  @Test
  void flb36_aRefusedFreezeCallsNoSharedState() throws Exception {
    try (LiveUpdate luo = TwoStages.open(handler)) {
      TwoStages.preserve(luo.createSession("s"), 1);
      handler.failing("freeze 0x1");
      take(calls);

      assertThatExceptionOfType(FreezeRefusedException.class)
          .isThrownBy(() -> TwoStages.handOver(luo, handler));

      assertThat(take(calls)).containsExactly("freeze 0x1");
    }
  }

  @Test
  void flb17_afterTheLastFileWentANewOneSavesItAgain() throws Exception {
    try (LiveUpdate luo = TwoStages.open(handler)) {
      OutgoingSession session = luo.createSession("s");
      TwoStages.preserve(session, 1);
      session.unpreserve(Token.of(1));
      take(calls);

      TwoStages.preserve(session, 2);

      assertThat(take(calls))
          .containsExactly("preserve first-v1", "preserve second-v1", "preserve 0x2");
    }
  }

  @Test
  void flb11_flb16_flb22_handlersThatShareItCountTogetherOverSessions() throws Exception {
    ScriptedHandler other = new ScriptedHandler("pipe-v1", FdKind.PIPE, calls, first);
    try (LiveUpdate luo = TwoStages.open(ScriptedHandler.forMemfds(calls, first), other);
        Pipe pipe = Pipe.create()) {
      OutgoingSession memfds = luo.createSession("memfds");
      OutgoingSession pipes = luo.createSession("pipes");
      TwoStages.preserve(memfds, 1);
      pipes.preserve(Token.of(2), pipe.reading());
      assertThat(take(calls)).containsExactly("preserve first-v1", "preserve 0x1", "preserve 0x2");

      memfds.close();
      assertThat(take(calls)).containsExactly("unpreserve 0x1");

      pipes.close();
      assertThat(take(calls)).containsExactly("unpreserve 0x2", "unpreserve first-v1 1");
    }
  }

  @Test
  void flb36_anUpdateThatIsTakenBackCallsNoSharedState() throws Exception {
    try (LiveUpdate luo = TwoStages.open(handler)) {
      TwoStages.preserve(luo.createSession("s"), 1);
      try (InProcessHandover handover = TwoStages.handOver(luo)) {
        take(calls);
        TwoStages.discardAll(handover.successor());
        handover.successor().close();
        handover.takeBack();
      }
      assertThat(take(calls)).containsExactly("unfreeze 0x1");
    }
  }
}
