// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static dev.luo.core.ScriptedHandler.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.core.internal.session.Incoming;
import dev.luo.core.testing.InProcessHandover;
import dev.luo.linux.Errno;
import dev.luo.linux.FdKind;
import dev.luo.linux.Pipe;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The end of shared state in the successor. */
@NoDescriptorLeaks
class FlbFinishTest {

  private final List<String> calls = new ArrayList<>();
  private final CountedState first = new CountedState("first-v1", 1, calls);
  private final CountedState second = new CountedState("second-v1", 2, calls);
  private final ScriptedHandler handler = ScriptedHandler.forMemfds(calls, first, second);

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
  void flb28_flb29_flb31_finishedAfterTheLastFileEvenIfNobodyAsked() throws Exception {
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

  @Test
  void fil36_anErrorOutOfSharedStateDoesNotStopFinishHalfWay() throws Exception {
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
  void flb32_oneThatCannotBeRetrievedIsNotFinishedAndItsFilesAre() throws Exception {
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
  void flb34_filesAreFinishedIfTheirSharedStateDidNotCross() throws Exception {
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
  void flb21_flb28_flb35_itIsFinishedOnceWithTheLastOfAllItsFiles() throws Exception {
    List<String> before = new ArrayList<>();
    LiveUpdate predecessor =
        TwoStages.open(ScriptedHandler.forMemfds(before, new CountedState("first-v1", 1, before)));
    TwoStages.preserve(predecessor.createSession("a"), 1, 2);
    TwoStages.preserve(predecessor.createSession("b"), 3);
    try (InProcessHandover handover =
            TwoStages.handOver(predecessor, ScriptedHandler.forMemfds(calls, first));
        LiveUpdate successor = handover.successor()) {
      TwoStages.discardAll(successor, "a");
      assertThat(take(calls)).noneMatch(call -> call.contains("first-v1"));

      TwoStages.discardAll(successor, "b");
      assertThat(take(calls)).endsWith("retrieve first-v1", "finish first-v1 1");
    }
  }

  @Test
  void flb35_filesThatAreNeverFinishedKeepItUnfinished() throws Exception {
    try (InProcessHandover handover = handedOver()) {
      LiveUpdate successor = handover.successor();
      IncomingSession session = successor.retrieveSession("s");
      session.retrieve(Token.of(1)).file().close();
      session.close();
      successor.close();

      assertThat(take(calls)).containsExactly("retrieve 0x1", "resume 0x1");
      ((Incoming) successor.incoming().orElseThrow()).abandon();
    }
  }

  /** The second file stands on it in the successor only, so that it is not counted. */
  @Test
  void flb30_afterItsFinishThereIsNoData() throws Exception {
    List<String> before = new ArrayList<>();
    LiveUpdate predecessor =
        TwoStages.open(
            ScriptedHandler.forMemfds(before, new CountedState("first-v1", 1, before)),
            new ScriptedHandler("pipe-v1", FdKind.PIPE, before));
    TwoStages.preserve(predecessor.createSession("a"), 1);
    try (Pipe pipe = Pipe.create()) {
      predecessor.createSession("b").preserve(Token.of(2), pipe.reading());
    }
    ScriptedHandler later = new ScriptedHandler("pipe-v1", FdKind.PIPE, calls, first);
    List<Long> seen = new ArrayList<>();
    later.whenRetrieving = context -> seen.add(context.shared(first));
    try (InProcessHandover handover =
            TwoStages.handOver(predecessor, ScriptedHandler.forMemfds(calls, first), later);
        LiveUpdate successor = handover.successor();
        IncomingSession session = successor.retrieveSession("b")) {
      TwoStages.discardAll(successor, "a");
      assertThat(take(calls)).endsWith("finish first-v1 1");

      assertThatExceptionOfType(HandlerFailedException.class)
          .isThrownBy(() -> session.retrieve(Token.of(2)))
          .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENODATA));

      assertThat(seen).isEmpty();
      session.discard();
      assertThat(take(calls)).noneMatch(call -> call.contains("first-v1"));
    }
  }
}
