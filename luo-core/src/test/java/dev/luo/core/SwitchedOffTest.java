// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.luo.core.testing.InProcessHandover;
import dev.luo.linux.Errno;
import dev.luo.spi.Compatible;
import dev.luo.testing.NoDescriptorLeaks;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A luo that is switched off, up to its update, which replaces the process. */
@NoDescriptorLeaks
class SwitchedOffTest {

  private final List<String> calls = new ArrayList<>();
  private final CountedState shared = new CountedState("shared-v1", 1, calls);
  private final ScriptedHandler handler = ScriptedHandler.forMemfds(calls, shared);
  private LiveUpdate luo;

  @BeforeEach
  void open() throws Exception {
    luo = InProcessHandover.open(TwoStages.options(handler).switchedOff());
  }

  @AfterEach
  void close() {
    luo.close();
    assertThat(calls).isEmpty();
  }

  private static void assertRefused(Errno errno, ThrowingCallable call) {
    assertThatExceptionOfType(SwitchedOffException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.errno()).isEqualTo(errno));
  }

  @Test
  void dev09_thereIsNothingToMakeOrTakeSessionsFrom() {
    assertRefused(Errno.ENOENT, () -> luo.createSession("s"));
    assertRefused(Errno.ENOENT, () -> luo.retrieveSession("s"));
    assertThat(luo.incoming()).isEmpty();
    assertThat(luo.report()).isEmpty();
    luo.resumed();
  }

  @Test
  void reg01_reg04_flb01_aHandlerIsRefusedWhateverIsWrongWithIt() {
    assertRefused(Errno.EOPNOTSUPP, () -> luo.register(handler));
    ScriptedHandler contradicting = ScriptedHandler.forMemfds(calls, shared, shared);
    assertRefused(Errno.EOPNOTSUPP, () -> luo.register(contradicting));
    assertThat(luo.handlers().list()).isEmpty();
    assertThatExceptionOfType(NoHandlerException.class)
        .isThrownBy(() -> luo.handlers().switchOff(Compatible.of("scripted-memfd-v1")));
  }

  @Test
  void reg04_handlersThatTheOptionsNameAreNotLookedAt() throws Exception {
    ScriptedHandler contradicting = ScriptedHandler.forMemfds(calls, shared, shared);
    InProcessHandover.open(TwoStages.options(contradicting, contradicting).switchedOff()).close();
  }

  @Test
  void reg09_unregisteringDoesNothing() throws Exception {
    luo.unregister(handler);
    luo.unregister(handler);
  }

  @Test
  void flb18_flb23_sharedStateIsRefused() {
    assertRefused(Errno.EOPNOTSUPP, () -> luo.outgoing(shared));
    assertRefused(Errno.EOPNOTSUPP, () -> luo.incoming(shared));
  }

  @Test
  void ser01_whoJoinsIsNeverCalled() throws Exception {
    Participant library =
        new Participant() {
          @Override
          public String name() {
            calls.add("name");
            return "library";
          }

          @Override
          public void preserve(ParticipantScope scope) {
            calls.add("preserve");
          }
        };

    Membership membership = luo.join(library);
    assertThatExceptionOfType(SuccessorRefusedException.class)
        .isThrownBy(() -> luo.update(Successor.ofCommand("/no/such/program")));
    membership.close();
    membership.close();
  }

  /** Holds whoever flushes it for an update until it is told to go on, and then refuses. */
  private static final class HeldStream extends PrintStream {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    HeldStream(OutputStream out) {
      super(out, false, StandardCharsets.UTF_8);
    }

    @Override
    public void flush() {
      if (!Thread.currentThread().getName().equals("luo-flush")) {
        super.flush();
        return;
      }
      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
      entered.countDown();
      try {
        release.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      } finally {
        inside.decrementAndGet();
      }
      throw new IllegalStateException("told to");
    }
  }

  @Test
  void update_oneAtATime() throws Exception {
    PrintStream before = System.out;
    HeldStream held = new HeldStream(before);
    Callable<Throwable> update =
        () ->
            catchThrowableOfType(
                FreezeRefusedException.class, () -> luo.update(Successor.ofCommand("/bin/true")));
    FutureTask<Throwable> first = new FutureTask<>(update);
    FutureTask<Throwable> second = new FutureTask<>(update);
    System.setOut(held);
    try {
      Thread.ofPlatform().start(first);
      held.entered.await();
      Thread waiting = Thread.ofPlatform().start(second);
      Threads.awaitWaiting(waiting);
      held.release.countDown();
      assertThat(first.get()).hasMessageContaining("told to");
      assertThat(second.get()).hasMessageContaining("told to");
    } finally {
      System.setOut(before);
    }
    assertThat(held.most).hasValue(1);
  }

  @Test
  void close_isTheEndAsOfAnyLuo() {
    luo.close();
    luo.close();

    assertThatIllegalStateException().isThrownBy(() -> luo.createSession("s"));
    assertThatIllegalStateException().isThrownBy(() -> luo.update(Successor.sameCommand()));
  }
}
