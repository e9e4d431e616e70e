// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static dev.luo.core.ScriptedHandler.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.core.HandlerFailedException.Step;
import dev.luo.core.UpdateReport.Fate;
import dev.luo.core.testing.InProcessHandover;
import dev.luo.linux.Fd;
import dev.luo.spi.Compatible;
import dev.luo.spi.Token;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a file whose freeze did not come back. It is leaked on purpose. */
class QuarantineTest {

  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  private final CountedState shared = new CountedState("shared-v1", 7, calls);
  private final ScriptedHandler handler = ScriptedHandler.forMemfds(calls, shared);
  private final Dam dam = new Dam();
  private final List<HandlerStuckException> told = new ArrayList<>();

  private final UpdateListener listener =
      new UpdateListener() {
        @Override
        public void quarantined(HandlerStuckException stuck) {
          told.add(stuck);
        }
      };

  private LiveUpdate luo;
  private OutgoingSession session;

  @BeforeEach
  void open() throws Exception {
    luo =
        InProcessHandover.open(
            TwoStages.options(handler)
                .listener(listener)
                .quiescer(new RecordingQuiescer(calls))
                .freezeDeadline(Duration.ofSeconds(1))
                .interruptGrace(Duration.ofMillis(100)));
    session = luo.createSession("s");
  }

  @AfterEach
  void close() {
    dam.open();
    luo.close();
  }

  /** Preserves 1 and 3, both mandatory, and 2, which gets stuck in an update. */
  private void quarantine(Importance importance) throws Exception {
    TwoStages.preserve(session, 1);
    try (Fd memfd = Memfds.containing(2)) {
      session.preserve(Token.of(2), memfd, importance, Attachment.NONE);
    }
    TwoStages.preserve(session, 3);
    handler.holding("freeze 0x2", dam);
    assertThatExceptionOfType(HandlerStuckException.class)
        .isThrownBy(() -> TwoStages.handOver(luo, ScriptedHandler.forMemfds(calls)));
    take(calls);
    assertThat(told).extracting(HandlerStuckException::token).containsExactly(Token.of(2));
  }

  @Test
  void noUpdateIsMadeWithoutAMandatoryFile() throws Exception {
    quarantine(Importance.MANDATORY);

    assertThatExceptionOfType(HandlerStuckException.class)
        .isThrownBy(() -> TwoStages.handOver(luo, ScriptedHandler.forMemfds(calls)))
        .satisfies(e -> assertThat(e.token()).isEqualTo(Token.of(2)))
        .satisfies(e -> assertThat(e.step()).isEqualTo(Step.FREEZE));

    assertThat(take(calls)).isEmpty();
  }

  @Test
  void flb20_flb21_anUpdateGoesOnWithoutAnOptionalFile() throws Exception {
    quarantine(Importance.OPTIONAL);
    List<String> after = new ArrayList<>();
    CountedState sharedAfter = new CountedState("shared-v1", 0, after);

    try (InProcessHandover handover =
        TwoStages.handOver(luo, ScriptedHandler.forMemfds(after, sharedAfter))) {
      LiveUpdate successor = handover.successor();
      assertThat(take(calls)).containsExactly("pause", "freeze 0x1", "freeze 0x3");
      assertThat(successor.report().orElseThrow().files())
          .anySatisfy(file -> {
            assertThat(file.token()).isEqualTo(Token.of(2));
            assertThat(file.fate()).isEqualTo(Fate.DROPPED);
            assertThat(file.note()).startsWith("freeze did not come back");
          });
      try (IncomingSession came = successor.retrieveSession("s")) {
        assertThat(came.tokens()).containsExactly(Token.of(1), Token.of(3));
        assertThat(TwoStages.number(came, 1)).isEqualTo(1);
        assertThat(TwoStages.number(came, 3)).isEqualTo(3);
      }
      assertThat(after).contains("finish shared-v1 7");
      successor.close();
    }
  }

  @Test
  void itsHandlerIsAskedForNoNewFile() throws Exception {
    quarantine(Importance.OPTIONAL);

    assertThat(luo.handlers().list()).noneMatch(HandlerStatus::enabled);
    assertThatExceptionOfType(NoHandlerException.class)
        .isThrownBy(() -> TwoStages.preserve(session, 4));
  }

  @Test
  void unpreserveOfItIsRefused() throws Exception {
    quarantine(Importance.OPTIONAL);

    assertThatExceptionOfType(HandlerStuckException.class)
        .isThrownBy(() -> session.unpreserve(Token.of(2)));

    assertThat(session.tokens()).contains(Token.of(2));
    session.unpreserve(Token.of(1));
    assertThat(take(calls)).containsExactly("unpreserve 0x1");
  }

  @Test
  void ses34_fil22_closeLeavesItAlone() throws Exception {
    quarantine(Importance.MANDATORY);

    session.close();

    assertThat(take(calls)).containsExactly("unpreserve 0x3", "unpreserve 0x1");
    luo.handlers().switchOn(Compatible.of("scripted-memfd-v1"));
    TwoStages.preserve(luo.createSession("s"), 4);
    take(calls);
    try (InProcessHandover handover =
        TwoStages.handOver(
            luo,
            ScriptedHandler.forMemfds(
                new ArrayList<>(), new CountedState("shared-v1", 0, new ArrayList<>())))) {
      assertThat(take(calls)).containsExactly("pause", "freeze 0x4");
      try (IncomingSession came = handover.successor().retrieveSession("s")) {
        assertThat(TwoStages.number(came, 4)).isEqualTo(4);
      }
      handover.successor().close();
    }
  }

  @Test
  void closeLeavesAloneWhatItMayBeUsing() throws Exception {
    handler.referring(2, 1);
    quarantine(Importance.MANDATORY);

    session.close();

    assertThat(take(calls)).containsExactly("unpreserve 0x3");
    luo.createSession("s");
    try (InProcessHandover handover =
        TwoStages.handOver(luo, ScriptedHandler.forMemfds(new ArrayList<>()))) {
      TwoStages.discardAll(handover.successor());
      handover.successor().close();
    }
  }

  @Test
  void itsMemoryAndItsDescriptorsOutliveLuo() throws Exception {
    List<MemorySegment> memory = new ArrayList<>();
    handler.whenPreserving =
        context -> memory.add(context.memory().map(context.memory().allocate(Long.BYTES)));
    try (Fd memfd = Memfds.containing(2)) {
      session.preserve(Token.of(2), memfd);
    }
    handler.holding("freeze 0x2", dam);
    assertThatExceptionOfType(HandlerStuckException.class)
        .isThrownBy(() -> TwoStages.handOver(luo, ScriptedHandler.forMemfds(calls)));
    take(calls);

    luo.close();

    memory.getFirst().set(ValueLayout.JAVA_LONG, 0, 1);
    assertThat(take(calls)).isEmpty();
  }

  @Test
  void fil09_theSameThingIsNotPreservedAgain() throws Exception {
    try (Fd memfd = Memfds.containing(2)) {
      session.preserve(Token.of(2), memfd);
      handler.holding("freeze 0x2", dam);
      assertThatExceptionOfType(HandlerStuckException.class)
          .isThrownBy(() -> TwoStages.handOver(luo, ScriptedHandler.forMemfds(calls)));
      session.close();
      luo.handlers().switchOn(Compatible.of("scripted-memfd-v1"));

      assertThatExceptionOfType(AlreadyPreservedException.class)
          .isThrownBy(() -> luo.createSession("t").preserve(Token.of(2), memfd));
    }
  }
}
