// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.callback;

import dev.luo.core.HandlerFailedException.Step;
import dev.luo.core.internal.descriptor.Call;
import dev.luo.spi.Deadline;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One call into a handler or shared state, from its beginning on. Compared by identity. */
public final class CallUnderWay {

  private enum State {
    RUNNING,
    ENDED,
    GIVEN_UP
  }

  private final Subject<?> subject;
  private final Step step;
  private final Call context;
  private final Thread thread;
  private final @Nullable CallUnderWay outer;
  private final long startNanos = System.nanoTime();
  private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);

  CallUnderWay(
      Subject<?> subject, Step step, Call context, Thread thread, @Nullable CallUnderWay outer) {
    this.subject = subject;
    this.step = step;
    this.context = context;
    this.thread = thread;
    this.outer = outer;
  }

  /** Returns what is called. */
  public Subject<?> subject() {
    return subject;
  }

  /** Returns which of its operations. */
  public Step step() {
    return step;
  }

  /** Returns the thread that it runs on. */
  public Thread thread() {
    return thread;
  }

  /** Returns by when it was to be answered. */
  public Deadline deadline() {
    return context.deadline();
  }

  /** Returns when it began, as {@link System#nanoTime}. */
  public long startNanos() {
    return startNanos;
  }

  /** Returns the call of the same thread in which this one was made; null if there is none. */
  @Nullable CallUnderWay outer() {
    return outer;
  }

  /**
   * Says that nobody waits for it any more: whatever it answers will change nothing.
   *
   * @return whether that is so; false if it has just ended
   */
  public boolean giveUp() {
    boolean givenUp = state.compareAndSet(State.RUNNING, State.GIVEN_UP);
    if (givenUp) {
      context.revoke();
    }
    return givenUp;
  }

  /** Answers whether its end is of interest to anybody. */
  boolean end() {
    return state.compareAndSet(State.RUNNING, State.ENDED);
  }

  @Override
  public String toString() {
    return "%s for %s, for %d ms on thread \"%s\""
        .formatted(
            step.operation(),
            subject,
            Duration.ofNanos(System.nanoTime() - startNanos).toMillis(),
            thread.getName());
  }
}
