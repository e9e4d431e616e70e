// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static dev.luo.core.ScriptedHandler.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.core.testing.InProcessHandover;
import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.spi.HandlerException;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@NoDescriptorLeaks
class FlbTest {

  private final List<String> calls = new ArrayList<>();
  private final CountedState first = new CountedState("first-v1", 1, calls);
  private final CountedState second = new CountedState("second-v1", 2, calls);
  private final ScriptedHandler handler = ScriptedHandler.forMemfds(calls, first, second);

  @Test
  @DisplayName("LUO-FLB-11 to 13, 16 and 17 saved with the first file, released after the last")
  void flb11_flb12_flb13_flb16_flb17_outgoing_lifecycle() throws Exception {
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
  @DisplayName("LUO-FLB-14 one that cannot be saved refuses the file; those before it are put back")
  void flb14_preserve_secondOneFails() throws Exception {
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
  @DisplayName("LUO-FLB-15 if the file's own preserve fails, what it brought in is released")
  void flb15_preserve_handlerFails() throws Exception {
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
  @DisplayName("LUO-FLB-28 and 31 finished after the last file, even if nobody ever asked for it")
  void flb28_flb31_finish_withoutAnybodyAsking() throws Exception {
    try (InProcessHandover handover = handedOver();
        LiveUpdate successor = handover.successor();
        IncomingSession session = successor.retrieveSession("s")) {
      take(calls);
      session.discard();

      assertThat(take(calls))
          .containsSubsequence(
              "finish 0x2 never tried",
              "finish 0x1 never tried",
              "retrieve second-v1",
              "finish second-v1 2",
              "retrieve first-v1",
              "finish first-v1 1");
    }
  }

  private InProcessHandover handedOver() throws Exception {
    List<String> before = new ArrayList<>();
    LiveUpdate predecessor =
        TwoStages.open(
            ScriptedHandler.forMemfds(
                before,
                new CountedState("first-v1", 1, before),
                new CountedState("second-v1", 2, before)));
    TwoStages.preserve(predecessor.createSession("s"), 1, 2);
    return TwoStages.handOver(predecessor, handler);
  }

  @Test
  @DisplayName("LUO-FIL-36 an error out of shared state does not stop finish half-way")
  void fil36_finish_sharedStateThrowsAnError() throws Exception {
    second.failing = "finish";
    try (InProcessHandover handover = handedOver();
        LiveUpdate successor = handover.successor();
        IncomingSession session = successor.retrieveSession("s")) {
      session.discard();
      session.discard();

      assertThat(take(calls))
          .containsOnlyOnce(
              "finish 0x2 never tried", "finish 0x1 never tried", "finish first-v1 1");
    }
  }

  @Test
  @DisplayName("LUO-FLB-32 one that cannot be retrieved is not finished, and its files are")
  void flb32_finish_afterFailedRetrieve() throws Exception {
    first.failing = "retrieve";
    try (InProcessHandover handover = handedOver();
        LiveUpdate successor = handover.successor();
        IncomingSession session = successor.retrieveSession("s")) {
      session.discard();

      assertThat(take(calls))
          .contains("finish 0x1 never tried", "finish second-v1 2", "retrieve first-v1")
          .doesNotContain("finish first-v1 1");
    }
  }

  @Test
  @DisplayName("LUO-FLB-34 files can be finished if their shared state did not cross")
  void flb34_finish_withoutSharedState() throws Exception {
    LiveUpdate predecessor = TwoStages.open(ScriptedHandler.forMemfds(new ArrayList<>()));
    TwoStages.preserve(predecessor.createSession("s"), 1);
    try (InProcessHandover handover = TwoStages.handOver(predecessor, handler);
        LiveUpdate successor = handover.successor();
        IncomingSession session = successor.retrieveSession("s")) {
      assertThat(TwoStages.number(session, 1)).isEqualTo(1);
      session.finish();

      assertThat(take(calls)).endsWith("finish 0x1 retrieved");
    }
  }

  @Test
  @DisplayName("LUO-FLB-36 a refused freeze calls no shared state")
  void flb36_freeze_refused() throws Exception {
    try (LiveUpdate luo = TwoStages.open(handler)) {
      TwoStages.preserve(luo.createSession("s"), 1);
      handler.failing("freeze 0x1");
      take(calls);

      assertThatExceptionOfType(FreezeRefusedException.class)
          .isThrownBy(() -> TwoStages.handOver(luo, handler));

      assertThat(take(calls)).containsExactly("freeze 0x1");
    }
  }
}
