// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.luo.core.HandlerFailedException;
import dev.luo.core.HandlerFailedException.Step;
import dev.luo.core.internal.descriptor.Call;
import dev.luo.linux.Errno;
import dev.luo.spi.Compatible;
import dev.luo.spi.Deadline;
import dev.luo.spi.HandlerException;
import dev.luo.spi.Token;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class CallbacksTest {

  private final List<String> ended = new ArrayList<>();
  private final Callbacks callbacks =
      new Callbacks((call, duration, failure) -> ended.add(call.step() + " " + failure));
  private final Context context = new Context();

  private static final class Context extends Call implements FileSubject {

    Context() {
      super(Deadline.after(Duration.ofMinutes(1)));
    }

    void use() {
      check();
    }

    @Override
    public FileName name() {
      return new FileName("s", Token.of(1), Compatible.of("some-v1"));
    }

    @Override
    public long byteSize() {
      return 0;
    }
  }

  @Test
  void attempt_thatSucceeds() throws Exception {
    String result = callbacks.attempt(context, Step.FREEZE, context, () -> "done");

    assertThat(result).isEqualTo("done");
    assertThat(ended).containsExactly("FREEZE null");
    assertThat(callbacks.underWay()).isEmpty();
  }

  @Test
  void fil16_attempt_thatFails_saysWhoAndPassesTheErrnoOn() {
    HandlerException cause = new HandlerException("told to", Errno.EXDEV);

    assertThatExceptionOfType(HandlerFailedException.class)
        .isThrownBy(() ->
            callbacks.attempt(
                context,
                Step.PRESERVE,
                context,
                () -> {
                  throw cause;
                }))
        .withMessage(
            "preserve failed for token 0x1 of session \"s\", handler some-v1 [EXDEV]: told to")
        .withCause(cause)
        .satisfies(e -> assertThat(e.step()).isEqualTo(Step.PRESERVE));
    assertThat(ended).containsExactly("PRESERVE " + cause);
    assertThat(callbacks.underWay()).isEmpty();
  }

  @Test
  void attempt_thatFailsWithoutAnErrno_isAnErrorOfInputOrOutput() {
    for (Throwable failure : List.of(new IOException("x"), new Error("x"))) {
      assertThatExceptionOfType(HandlerFailedException.class)
          .isThrownBy(() ->
              callbacks.attempt(
                  context,
                  Step.VERIFY,
                  context,
                  () -> {
                    if (failure instanceof IOException e) {
                      throw e;
                    }
                    throw (Error) failure;
                  }))
          .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EIO));
    }
  }

  @Test
  void run_thatFails_isNotTheCallersBusiness() {
    callbacks.run(
        context,
        Step.UNFREEZE,
        context,
        () -> {
          throw new AssertionError("told to");
        });

    assertThat(ended).containsExactly("UNFREEZE java.lang.AssertionError: told to");
    assertThat(callbacks.underWay()).isEmpty();
  }

  @Test
  void fil07_ask_whoThrowsInsteadOfAnAnswer_hasSaidNo() {
    boolean answer =
        callbacks.ask(
            context,
            Step.CAN_PRESERVE,
            context,
            () -> {
              throw new IllegalStateException("told to");
            });

    assertThat(answer).isFalse();
    assertThat(callbacks.ask(context, Step.CAN_PRESERVE, context, () -> true)).isTrue();
  }

  @Test
  void underWay_showsTheInnermostCallOfAThread() throws Exception {
    List<Step> seen = new ArrayList<>();
    Runnable look =
        () -> callbacks.underWay(Thread.currentThread()).ifPresent(call -> seen.add(call.step()));

    callbacks.run(
        context,
        Step.FINISH,
        context,
        () -> {
          look.run();
          callbacks.run(context, Step.UNPRESERVE, context, look);
          look.run();
        });

    assertThat(seen).containsExactly(Step.FINISH, Step.UNPRESERVE, Step.FINISH);
    assertThat(callbacks.underWay()).isEmpty();
  }

  @Test
  void giveUp_endsTheThreadThatComesBackAfterAll() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    List<Throwable> out = new ArrayList<>();
    Thread stuck =
        Thread.ofPlatform()
            .start(() -> {
              try {
                callbacks.run(
                    context,
                    Step.FREEZE,
                    context,
                    () -> {
                      entered.countDown();
                      awaitQuietly(release);
                    });
              } catch (GivenUpException e) {
                out.add(e);
              }
            });
    entered.await();

    CallUnderWay call = callbacks.underWay(stuck).orElseThrow();
    assertThat(callbacks.giveUp(call, new TimeoutException("late"))).isTrue();
    assertThat(callbacks.giveUp(call, new TimeoutException("later"))).isFalse();
    assertThat(ended).containsExactly("FREEZE java.util.concurrent.TimeoutException: late");
    assertThatThrownBy(context::use).isInstanceOf(IllegalStateException.class);
    release.countDown();
    stuck.join();

    assertThat(out).hasSize(1);
    assertThat(ended).hasSize(1);
    assertThat(callbacks.underWay()).isEmpty();
  }

  @Test
  void giveUp_tellsOfCallsInsideIt() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Runnable waiting =
        () -> {
          entered.countDown();
          awaitQuietly(release);
        };
    List<Throwable> out = new ArrayList<>();
    Thread stuck =
        Thread.ofPlatform()
            .start(() -> {
              try {
                callbacks.run(
                    context,
                    Step.FREEZE,
                    context,
                    () -> callbacks.run(context, Step.UNPRESERVE, context, waiting));
              } catch (GivenUpException e) {
                out.add(e);
              }
            });
    entered.await();

    CallUnderWay call = callbacks.underWay(stuck).orElseThrow().outermost();
    assertThat(callbacks.giveUp(call, new TimeoutException("late"))).isTrue();
    release.countDown();
    stuck.join();

    assertThat(out).hasSize(1);
    assertThat(ended)
        .containsExactly(
            "UNPRESERVE java.util.concurrent.TimeoutException: late",
            "FREEZE java.util.concurrent.TimeoutException: late");
    assertThat(callbacks.underWay()).isEmpty();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
