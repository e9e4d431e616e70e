// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.luo.core.testing.InProcessHandover;
import dev.luo.spi.Deadline;
import dev.luo.testing.NoDescriptorLeaks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A program or a participant that does not come back from what an update asks of it. */
@NoDescriptorLeaks
class StuckPauseTest {

  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch dam = new CountDownLatch(1);
  private final CountDownLatch back = new CountDownLatch(1);
  private String holding = "";
  private LiveUpdate luo;

  /** Stays in the call that it is told to, interrupted or not. */
  private void call(String call) {
    calls.add(call);
    if (holding.equals(call)) {
      boolean open = false;
      while (!open) {
        try {
          dam.await();
          open = true;
        } catch (InterruptedException e) {
          calls.add("interrupted");
        }
      }
      back.countDown();
    }
  }

  private final class Library implements Participant {
    private final String name;

    Library(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void preserve(ParticipantScope scope) {
      call("preserve " + name);
    }

    @Override
    public void pause(Deadline deadline) {
      call("pause " + name);
    }

    @Override
    public void resume() {
      call("resume " + name);
    }
  }

  @BeforeEach
  void open() throws Exception {
    luo = InProcessHandover.open(options(quiescer()));
    luo.join(new Library("a"));
    luo.join(new Library("b"));
  }

  @AfterEach
  void close() {
    dam.countDown();
    luo.close();
  }

  private Quiescer quiescer() {
    return new Quiescer() {
      @Override
      public void pause(Deadline deadline) {
        call("pause");
      }

      @Override
      public void resume() {
        call("resume");
      }
    };
  }

  private Options options(Quiescer quiescer) {
    return TwoStages.options(ScriptedHandler.forMemfds(new ArrayList<>()))
        .quiescer(quiescer)
        .freezeDeadline(Duration.ofSeconds(1))
        .callDeadline(Duration.ofMillis(200))
        .interruptGrace(Duration.ofMillis(100));
  }

  private <E extends Throwable> E refused(Class<E> type) {
    E refusal =
        catchThrowableOfType(
            type, () -> TwoStages.handOver(luo, ScriptedHandler.forMemfds(new ArrayList<>())));
    assertThat(refusal).isNotNull();
    return refusal;
  }

  private static void assertShowsTheCall(@Nullable Throwable cause) {
    assertThat(cause).isInstanceOf(TimeoutException.class);
    assertThat(cause.getStackTrace())
        .anySatisfy(frame -> assertThat(frame.getClassName()).contains("StuckPauseTest"));
  }

  @Test
  void theProgram_isGivenUpAndResumed() {
    holding = "pause";

    FreezeRefusedException refusal = refused(FreezeRefusedException.class);

    assertThat(refusal).hasMessageContaining("the workload did not come back from pause");
    assertShowsTheCall(refusal.getCause());
    assertThat(calls).containsExactly("preserve a", "preserve b", "pause", "interrupted", "resume");
  }

  @Test
  void aParticipant_isGivenUpAndEverybodyWhoWasAskedIsResumed() {
    holding = "pause a";

    FreezeRefusedException refusal = refused(FreezeRefusedException.class);

    assertThat(refusal.getCause())
        .isInstanceOfSatisfying(
            ParticipantFailedException.class,
            failure -> {
              assertThat(failure.participant()).isEqualTo("a");
              assertThat(failure.step()).isEqualTo(ParticipantFailedException.Step.PAUSE);
              assertShowsTheCall(failure.getCause());
            });
    assertThat(calls)
        .containsExactly(
            "preserve a", "preserve b", "pause", "pause a", "interrupted", "resume a", "resume");
  }

  @Test
  void aParticipantThatDoesNotPreserve_refusesTheUpdateBeforeAnybodyIsPaused() {
    holding = "preserve a";

    ParticipantFailedException refusal = refused(ParticipantFailedException.class);

    assertThat(refusal.step()).isEqualTo(ParticipantFailedException.Step.PRESERVE);
    assertShowsTheCall(refusal.getCause());
    assertThat(calls).containsExactly("preserve a", "interrupted");
  }

  @Test
  void noOtherUpdateIsMadeBeforeItIsBack() throws Exception {
    holding = "pause";
    FreezeRefusedException _ = refused(FreezeRefusedException.class);
    calls.clear();

    FreezeRefusedException refusal = refused(FreezeRefusedException.class);

    assertThat(refusal)
        .hasMessageContaining("the workload is still in a call of an earlier update");
    assertShowsTheCall(refusal.getCause());
    assertThat(calls).containsExactly("preserve a", "preserve b");
    back();
    handOverAndBack();
  }

  /** Its thread ends a moment after it is back. */
  private void back() throws InterruptedException {
    holding = "";
    dam.countDown();
    back.await();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("luo-quiesce")) {
        thread.join();
      }
    }
  }

  private void handOverAndBack() throws Exception {
    try (InProcessHandover handover =
        TwoStages.handOver(luo, ScriptedHandler.forMemfds(new ArrayList<>()))) {
      handover.successor().close();
      handover.takeBack();
    }
  }

  @Test
  void aResumeThatIsStuckKeepsNobodyElsePaused() throws Exception {
    holding = "resume b";

    handOverAndBack();

    assertThat(calls)
        .containsExactly(
            "preserve a",
            "preserve b",
            "pause",
            "pause a",
            "pause b",
            "resume b",
            "interrupted",
            "resume a",
            "resume");
  }

  @Test
  void whatIsLockedByPauseIsUnlockedByResume() throws Exception {
    luo.close();
    ReentrantLock lock = new ReentrantLock();
    luo =
        InProcessHandover.open(
            options(
                new Quiescer() {
                  @Override
                  public void pause(Deadline deadline) {
                    lock.lock();
                  }

                  @Override
                  public void resume() {
                    lock.unlock();
                  }
                }));

    handOverAndBack();

    assertThat(lock.isLocked()).isFalse();
  }

  @Test
  void pauseMayPreserveAndMayNotCloseLuo() throws Exception {
    luo.close();
    List<Throwable> thrown = new ArrayList<>();
    luo =
        InProcessHandover.open(
            options(
                new Quiescer() {
                  @Override
                  public void pause(Deadline deadline) throws Exception {
                    TwoStages.preserve(luo.createSession("late"), 1);
                    assertThatIllegalStateException().isThrownBy(luo::close);
                    thrown.add(new Throwable("reached"));
                  }

                  @Override
                  public void resume() {}
                }));

    handOverAndBack();

    assertThat(thrown).hasSize(1);
  }
}
