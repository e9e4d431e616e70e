// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static dev.luo.core.ScriptedHandler.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.core.UpdateReport.Fate;
import dev.luo.core.testing.InProcessHandover;
import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.spi.Compatible;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Optional files that cannot be frozen. */
@NoDescriptorLeaks
class LeftBehindTest {

  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  private final CountedState shared = new CountedState("shared-v1", 7, calls);
  private final ScriptedHandler handler = ScriptedHandler.forMemfds(calls, shared);
  private final List<String> after = new ArrayList<>();
  private final CountedState sharedAfter = new CountedState("shared-v1", 0, after);
  private LiveUpdate luo;
  private OutgoingSession session;

  @BeforeEach
  void open() throws Exception {
    luo = InProcessHandover.open(TwoStages.options(handler).quiescer(new RecordingQuiescer(calls)));
    session = luo.createSession("s");
  }

  @AfterEach
  void close() {
    luo.close();
  }

  private void optional(long... tokens) throws Exception {
    for (long token : tokens) {
      try (Fd memfd = Memfds.containing(token)) {
        session.preserve(Token.of(token), memfd, Importance.OPTIONAL, Attachment.NONE);
      }
    }
  }

  private InProcessHandover handOver() throws Exception {
    take(calls);
    return TwoStages.handOver(luo, ScriptedHandler.forMemfds(after, sharedAfter));
  }

  private static List<String> dropped(LiveUpdate successor) {
    return successor.report().orElseThrow().files().stream()
        .filter(file -> file.fate() == Fate.DROPPED)
        .map(file -> file.token() + ": " + file.note())
        .toList();
  }

  @Test
  void flb21_anOptionalFileThatRefusesStaysBehind() throws Exception {
    TwoStages.preserve(session, 1);
    optional(2);
    TwoStages.preserve(session, 3);
    handler.failing("freeze 0x2");

    try (InProcessHandover handover = handOver()) {
      assertThat(take(calls)).containsExactly("pause", "freeze 0x1", "freeze 0x2", "freeze 0x3");
      LiveUpdate successor = handover.successor();
      assertThat(dropped(successor))
          .containsExactly(
              "0x2: freeze failed for token 0x2 of session \"s\", handler"
                  + " scripted-memfd-v1 [EXDEV]: told to");
      try (IncomingSession came = successor.retrieveSession("s")) {
        assertThat(came.tokens()).containsExactly(Token.of(1), Token.of(3));
        assertThat(TwoStages.number(came, 1)).isEqualTo(1);
        assertThat(TwoStages.number(came, 3)).isEqualTo(3);
      }
      assertThat(after).contains("finish shared-v1 7");
      successor.close();
    }
  }

  /** Lets the freeze of one file find out that it needs another. */
  private void referringInFreeze(long from, long to) {
    handler.whenFreezing =
        context -> {
          if (context.token().equals(Token.of(from))) {
            context.refer(Token.of(to)).close();
          }
        };
  }

  @Test
  void filesThatCannotBeRebuiltWithoutItStayBehindToo() throws Exception {
    optional(1, 2, 3);
    handler.referring(4, 3).referring(5, 4);
    optional(4, 5);
    TwoStages.preserve(session, 6);
    referringInFreeze(1, 3);
    handler.failing("freeze 0x3");

    try (InProcessHandover handover = handOver()) {
      assertThat(take(calls))
          .containsExactly(
              "pause", "freeze 0x1", "freeze 0x2", "freeze 0x3", "unfreeze 0x1", "freeze 0x6");
      LiveUpdate successor = handover.successor();
      assertThat(dropped(successor))
          .startsWith(
              "0x1: it cannot be rebuilt without token 0x3",
              "0x4: it cannot be rebuilt without token 0x3",
              "0x5: it cannot be rebuilt without token 0x3")
          .hasSize(4);
      try (IncomingSession came = successor.retrieveSession("s")) {
        assertThat(came.tokens()).containsExactly(Token.of(2), Token.of(6));
        assertThat(TwoStages.number(came, 2)).isEqualTo(2);
        assertThat(TwoStages.number(came, 6)).isEqualTo(6);
      }
      assertThat(after).contains("finish shared-v1 7");
      successor.close();
    }
  }

  @Test
  void aFileThatTakesLongerThanItsHandlerMayIsUnfrozenAndStaysBehind() throws Exception {
    LiveUpdate impatient =
        InProcessHandover.open(
            TwoStages.options(handler)
                .limits(
                    Compatible.of("scripted-memfd-v1"),
                    HandlerLimits.none().withFreezeDeadline(Duration.ofSeconds(1)))
                .freezeDeadline(Duration.ofMinutes(5))
                .interruptGrace(Duration.ofMinutes(5)));
    session = impatient.createSession("s");
    optional(1);
    TwoStages.preserve(session, 2);
    handler.whenFreezing =
        context -> {
          while (context.token().equals(Token.of(1)) && !context.deadline().expired()) {
            LockSupport.parkNanos(context.deadline().remaining().toNanos());
          }
        };
    take(calls);

    try (InProcessHandover handover =
        TwoStages.handOver(impatient, ScriptedHandler.forMemfds(after, sharedAfter))) {
      assertThat(take(calls)).containsExactly("freeze 0x1", "unfreeze 0x1", "freeze 0x2");
      try (IncomingSession came = handover.successor().retrieveSession("s")) {
        assertThat(came.tokens()).containsExactly(Token.of(2));
        came.discard();
      }
      handover.successor().close();
    }
  }

  @Test
  void ser13_aFileThatStayedBehindIsTriedAgainAfterARefusal() throws Exception {
    optional(1);
    TwoStages.preserve(session, 2);
    handler.failing("freeze 0x1").failing("freeze 0x2");
    assertThatExceptionOfType(FreezeRefusedException.class)
        .isThrownBy(this::handOver)
        .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EXDEV));
    assertThat(take(calls)).containsExactly("pause", "freeze 0x1", "freeze 0x2", "resume");
    handler.mend("freeze 0x1");
    handler.mend("freeze 0x2");

    try (InProcessHandover handover = handOver()) {
      assertThat(take(calls)).containsExactly("pause", "freeze 0x1", "freeze 0x2");
      assertThat(dropped(handover.successor())).isEmpty();
      try (IncomingSession came = handover.successor().retrieveSession("s")) {
        assertThat(TwoStages.number(came, 1)).isEqualTo(1);
        assertThat(TwoStages.number(came, 2)).isEqualTo(2);
      }
      assertThat(after).contains("finish shared-v1 7");
      handover.successor().close();
    }
  }

  @Test
  void flb20_sharedStateOfWhichNoFileCrossesIsNotWritten() throws Exception {
    optional(1);
    handler.failing("freeze 0x1");

    try (InProcessHandover handover = handOver()) {
      try (IncomingSession came = handover.successor().retrieveSession("s")) {
        assertThat(came.tokens()).isEmpty();
        came.discard();
      }
      assertThat(after).isEmpty();
      take(calls);
      handover.takeBack();
    }

    assertThat(take(calls)).containsExactly("resume");
    session.unpreserve(Token.of(1));
    assertThat(take(calls)).containsExactly("unpreserve 0x1", "unpreserve shared-v1 7");
  }

  @Test
  void ser06_aMandatoryFileThatNeedsAnOptionalOneRefuses() throws Exception {
    optional(1);
    TwoStages.preserve(session, 2);
    referringInFreeze(2, 1);

    assertThatExceptionOfType(FreezeRefusedException.class)
        .isThrownBy(this::handOver)
        .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL))
        .havingRootCause()
        .isInstanceOf(DependsOnOptionalException.class);
  }
}
