// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static dev.luo.core.ScriptedHandler.take;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.luo.core.HandlerFailedException.Step;
import dev.luo.core.testing.InProcessHandover;
import dev.luo.linux.Errno;
import dev.luo.spi.Compatible;
import dev.luo.spi.Recovery;
import dev.luo.spi.Token;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Handlers that do not come back. What they hold is leaked on purpose. */
class StuckFreezeTest {

  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  private final ScriptedHandler handler = ScriptedHandler.forMemfds(calls);
  private final Dam dam = new Dam();
  private final Dam secondDam = new Dam();
  private final List<HandlerCall> told = Collections.synchronizedList(new ArrayList<>());
  private LiveUpdate luo;

  @BeforeEach
  void open() throws Exception {
    luo =
        InProcessHandover.open(
            TwoStages.options(handler)
                .quiescer(new RecordingQuiescer(calls))
                .listener(
                    new UpdateListener() {
                      @Override
                      public void called(HandlerCall call) {
                        told.add(call);
                      }
                    })
                .freezeDeadline(Duration.ofSeconds(1))
                .interruptGrace(Duration.ofMillis(100)));
    TwoStages.preserve(luo.createSession("a"), 0xa1, 0xa2);
    TwoStages.preserve(luo.createSession("b"), 0xb1, 0xb2);
    TwoStages.preserve(luo.createSession("c"), 0xc1, 0xc2);
    calls.clear();
  }

  @AfterEach
  void close() {
    dam.open();
    secondDam.open();
    luo.close();
  }

  private <E extends Throwable> E refused(Class<E> type, String... expected) {
    E refusal =
        catchThrowableOfType(
            type, () -> TwoStages.handOver(luo, ScriptedHandler.forMemfds(new ArrayList<>())));
    assertThat(refusal).isNotNull();
    assertThat(take(calls)).containsExactly(expected);
    return refusal;
  }

  @Test
  void ser07_ser08_ser09_ser10_theOthersAreThawedIfTheOneInTheMiddleIsStuck() {
    handler.holding("freeze 0xb2", dam);

    refused(
        HandlerStuckException.class,
        "pause",
        "freeze 0xa1",
        "freeze 0xa2",
        "freeze 0xb1",
        "freeze 0xb2",
        "unfreeze 0xb1",
        "unfreeze 0xa1",
        "unfreeze 0xa2",
        "resume");
  }

  @Test
  void whoIsStuckIsToldAndCountedOnce() {
    handler.holding("freeze 0xb2", dam);

    HandlerStuckException _ = refusedAnyhow();

    List<HandlerCall> stuck =
        told.stream()
            .filter(call -> call.step() == Step.FREEZE)
            .filter(call -> call.token().equals(Optional.of(Token.of(0xb2))))
            .toList();
    assertThat(stuck).hasSize(1);
    assertThat(stuck.getFirst().failure()).contains(Errno.ETIMEDOUT);
    assertThat(luo.refusedUpdate().orElseThrow().handlers())
        .filteredOn(time -> time.operation().equals("freeze"))
        .allSatisfy(time -> {
          assertThat(time.calls()).isEqualTo(4);
          assertThat(time.slowest().token()).isEqualTo(Token.of(0xb2));
        })
        .hasSize(1);
  }

  @Test
  void ser07_ser10_thereIsNothingToThawIfTheFirstFileIsStuck() {
    handler.holding("freeze 0xa1", dam);

    refused(HandlerStuckException.class, "pause", "freeze 0xa1", "resume");
  }

  @Test
  void ser07_ser09_allOthersAreThawedIfTheLastFileIsStuck() {
    handler.holding("freeze 0xc2", dam);

    refused(
        HandlerStuckException.class,
        "pause",
        "freeze 0xa1",
        "freeze 0xa2",
        "freeze 0xb1",
        "freeze 0xb2",
        "freeze 0xc1",
        "freeze 0xc2",
        "unfreeze 0xc1",
        "unfreeze 0xb1",
        "unfreeze 0xb2",
        "unfreeze 0xa1",
        "unfreeze 0xa2",
        "resume");
  }

  @Test
  void theExceptionSaysWhoIsStuckAndWhere() {
    handler.holding("freeze 0xa2", dam);

    HandlerStuckException stuck =
        refused(
            HandlerStuckException.class,
            "pause",
            "freeze 0xa1",
            "freeze 0xa2",
            "unfreeze 0xa1",
            "resume");

    assertThat(stuck.session()).isEqualTo("a");
    assertThat(stuck.token()).isEqualTo(Token.of(0xa2));
    assertThat(stuck.compatible()).isEqualTo(Compatible.of("scripted-memfd-v1"));
    assertThat(stuck.step()).isEqualTo(Step.FREEZE);
    assertThat(stuck.errno()).isEqualTo(Errno.ETIMEDOUT);
    assertThat(stuck.recovery()).isEqualTo(Recovery.ABORT_UPDATE);
    assertThat(stuck)
        .hasMessageStartingWith(
            "freeze did not come back for token 0xa2 of session \"a\", handler scripted-memfd-v1"
                + " [ETIMEDOUT]")
        .hasMessageContaining("on thread \"luo-freeze\"");
    assertThat(Arrays.stream(requireNonNull(stuck.getCause()).getStackTrace()))
        .anyMatch(frame -> frame.getMethodName().equals("hold"));
  }

  @Test
  void sessionsTakeFilesAfterwards() throws Exception {
    handler.holding("freeze 0xb2", dam);
    HandlerStuckException _ = refusedAnyhow();
    luo.handlers().switchOn(Compatible.of("scripted-memfd-v1"));

    TwoStages.preserve(luo.createSession("d"), 0xd1);
  }

  private HandlerStuckException refusedAnyhow() {
    HandlerStuckException stuck =
        catchThrowableOfType(
            HandlerStuckException.class,
            () -> TwoStages.handOver(luo, ScriptedHandler.forMemfds(new ArrayList<>())));
    assertThat(stuck).isNotNull();
    return stuck;
  }

  @Test
  void ser06_whoFailsWhenItIsInterruptedHasRefusedAndIsAskedAgain() throws Exception {
    handler.whenFreezing =
        context -> {
          if (context.token().equals(Token.of(0xa2))) {
            while (!Thread.currentThread().isInterrupted()) {
              LockSupport.park();
            }
            throw new IOException("interrupted");
          }
        };
    FreezeRefusedException refusal =
        refused(
            FreezeRefusedException.class,
            "pause",
            "freeze 0xa1",
            "freeze 0xa2",
            "unfreeze 0xa1",
            "resume");
    assertThat(refusal).hasCauseInstanceOf(HandlerFailedException.class);
    handler.whenFreezing = context -> {};

    try (InProcessHandover handover =
        TwoStages.handOver(luo, ScriptedHandler.forMemfds(new ArrayList<>()))) {
      assertThat(take(calls)).contains("freeze 0xa2");
      TwoStages.discardAll(handover.successor());
      handover.takeBack();
    }
  }

  @Test
  void aFreezeThatComesBackTooLateIsUndone() {
    handler.whenFreezing =
        context -> {
          while (context.token().equals(Token.of(0xb1)) && !context.deadline().expired()) {
            LockSupport.parkNanos(context.deadline().remaining().toNanos());
          }
        };

    FreezeRefusedException refusal =
        refused(
            FreezeRefusedException.class,
            "pause",
            "freeze 0xa1",
            "freeze 0xa2",
            "freeze 0xb1",
            "unfreeze 0xb1",
            "unfreeze 0xa1",
            "unfreeze 0xa2",
            "resume");

    assertThat(refusal.errno()).isEqualTo(Errno.ETIMEDOUT);
    assertThat(refusal).hasMessageContaining("token 0xb1 of session \"b\"");
    assertThat(refusal.getCause())
        .isInstanceOfSatisfying(
            HandlerFailedException.class, e -> assertThat(e.step()).isEqualTo(Step.FREEZE));
  }

  @Test
  void ser08_ser09_ser11_anUnfreezeThatIsStuckKeepsNobodyFrozen() throws Exception {
    handler.failing("freeze 0xc1").holding("unfreeze 0xb1", dam);

    FreezeRefusedException refusal =
        refused(
            FreezeRefusedException.class,
            "pause",
            "freeze 0xa1",
            "freeze 0xa2",
            "freeze 0xb1",
            "freeze 0xb2",
            "freeze 0xc1",
            "unfreeze 0xb1",
            "unfreeze 0xb2",
            "unfreeze 0xa1",
            "unfreeze 0xa2",
            "resume");

    assertThat(refusal.errno()).isEqualTo(Errno.EXDEV);
    assertThat(refusal.getSuppressed()).hasSize(1);
    assertThat(refusal.getSuppressed()[0])
        .isInstanceOfSatisfying(
            HandlerStuckException.class,
            stuck -> {
              assertThat(stuck.step()).isEqualTo(Step.UNFREEZE);
              assertThat(stuck.token()).isEqualTo(Token.of(0xb1));
            });
    luo.handlers().switchOn(Compatible.of("scripted-memfd-v1"));
    TwoStages.preserve(luo.createSession("d"), 0xd1);
  }

  @Test
  void oneAfterTheOtherMayBeStuck() {
    handler.holding("freeze 0xb1", dam).holding("unfreeze 0xa1", secondDam);

    HandlerStuckException stuck =
        refused(
            HandlerStuckException.class,
            "pause",
            "freeze 0xa1",
            "freeze 0xa2",
            "freeze 0xb1",
            "unfreeze 0xa1",
            "unfreeze 0xa2",
            "resume");

    assertThat(stuck.token()).isEqualTo(Token.of(0xb1));
    assertThat(stuck.getSuppressed()).hasSize(1);
  }

  @Test
  void anUnfreezeThatIsStuckWhenEverythingComesBackKeepsNobodyFrozen() throws Exception {
    handler.holding("unfreeze 0xc1", dam);

    try (InProcessHandover handover =
        TwoStages.handOver(luo, ScriptedHandler.forMemfds(new ArrayList<>()))) {
      take(calls);
      TwoStages.discardAll(handover.successor());
      handover.takeBack();
    }

    assertThat(take(calls))
        .containsExactly(
            "unfreeze 0xc1",
            "unfreeze 0xc2",
            "unfreeze 0xb1",
            "unfreeze 0xb2",
            "unfreeze 0xa1",
            "unfreeze 0xa2",
            "resume");
  }

  @Test
  void whoComesBackAfterAllChangesNothing() throws Exception {
    List<Thread> held = new ArrayList<>();
    handler.whenFreezing =
        context -> {
          if (context.token().equals(Token.of(0xb1))) {
            held.add(Thread.currentThread());
            dam.hold();
            assertThat(catchThrowableOfType(IllegalStateException.class, context::memory))
                .isNotNull();
            calls.add("came back");
          }
        };
    HandlerStuckException _ = refusedAnyhow();
    take(calls);

    dam.open();
    held.getFirst().join();

    assertThat(take(calls)).containsExactly("came back");
  }
}
