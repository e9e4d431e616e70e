// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.luo.core.testing.InProcessHandover;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that are under way when an update is to begin. */
@NoDescriptorLeaks
class StuckCallTest {

  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  private final ScriptedHandler handler = ScriptedHandler.forMemfds(calls);
  private final Dam dam = new Dam();
  private LiveUpdate luo;
  private OutgoingSession session;

  @BeforeEach
  void open() throws Exception {
    luo =
        InProcessHandover.open(
            TwoStages.options(handler)
                .quiescer(new RecordingQuiescer(calls))
                .freezeDeadline(Duration.ofMillis(200)));
    session = luo.createSession("s");
    TwoStages.preserve(session, 1);
    calls.clear();
  }

  @AfterEach
  void close() {
    dam.open();
    luo.close();
  }

  /** Something that a session is asked to do. */
  @FunctionalInterface
  private interface Request {
    void run() throws Exception;
  }

  /** Runs a request that gets stuck, and an update meanwhile. */
  private void assertRefused(Request request, String call) throws Exception {
    FutureTask<Boolean> stuck =
        new FutureTask<>(() -> {
          request.run();
          return true;
        });
    Thread.ofPlatform().name("embedder").start(stuck);
    dam.awaitReached();

    assertThatExceptionOfType(FreezeRefusedException.class)
        .isThrownBy(() -> TwoStages.handOver(luo, ScriptedHandler.forMemfds(new ArrayList<>())))
        .withMessageContaining("still under way: " + call + ", handler scripted-memfd-v1, for ")
        .withMessageContaining("on thread \"embedder\"")
        .satisfies(e ->
            assertThat(Arrays.stream(requireNonNull(e.getCause()).getStackTrace()))
                .anyMatch(frame -> frame.getMethodName().equals("hold")));
    assertThat(calls).endsWith("pause", "resume");

    dam.open();
    stuck.get();
  }

  @Test
  void ser16_aPreserveThatIsStuckIsNamed() throws Exception {
    handler.holding("preserve 0x2", dam);

    assertRefused(() -> TwoStages.preserve(session, 2), "preserve for token 0x2 of session \"s\"");

    assertThat(session.tokens()).containsExactly(Token.of(1), Token.of(2));
  }

  @Test
  void ser16_anUnpreserveThatIsStuckIsNamed() throws Exception {
    handler.holding("unpreserve 0x1", dam);

    assertRefused(
        () -> session.unpreserve(Token.of(1)), "unpreserve for token 0x1 of session \"s\"");
  }

  @Test
  void ser16_aQuestionThatIsStuckIsNamed() throws Exception {
    handler.holding("canPreserve", dam);

    assertRefused(
        () -> TwoStages.preserve(session, 2), "canPreserve for token 0x2 of session \"s\"");
  }

  @Test
  void aHandlerThatCallsASessionWhileItFreezesIsToldThatItWouldWaitForItself() throws Exception {
    List<Throwable> told = new ArrayList<>();
    handler.whenFreezing =
        context -> {
          for (Request request :
              List.<Request>of(
                  () -> luo.createSession("t"),
                  () -> session.unpreserve(Token.of(1)),
                  session::close,
                  luo::close)) {
            assertThatIllegalStateException().isThrownBy(request::run).satisfies(told::add);
          }
        };

    try (InProcessHandover handover =
        TwoStages.handOver(luo, ScriptedHandler.forMemfds(new ArrayList<>()))) {
      TwoStages.discardAll(handover.successor());
      handover.takeBack();
    }

    assertThat(told).hasSize(4);
  }
}
