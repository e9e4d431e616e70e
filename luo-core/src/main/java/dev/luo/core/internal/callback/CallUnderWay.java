// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.callback;

import dev.luo.core.HandlerFailedException.Step;
import dev.luo.core.internal.descriptor.Call;
import dev.luo.spi.Deadline;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One call into a handler or shared state, from its beginning on. Compared by identity;
 * thread-safe.
 */
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

  /** Guarded by this, as is what follows. */
  private @Nullable Object trace;

  private State state = State.RUNNING;

  private boolean interrupted;

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

  /** Returns what its observer wanted to find again. */
  public synchronized @Nullable Object trace() {
    return trace;
  }

  synchronized void trace(@Nullable Object observed) {
    trace = observed;
  }

  /** Returns the call of the same thread in which this one was made; null if there is none. */
  @Nullable CallUnderWay outer() {
    return outer;
  }

  /** Returns the call of the same thread with which that thread went into foreign code. */
  public CallUnderWay outermost() {
    return outer == null ? this : outer.outermost();
  }

  /** Returns an exception that shows where the call is. */
  public TimeoutException whereItIs() {
    TimeoutException stack = new TimeoutException(toString());
    stack.setStackTrace(thread.getStackTrace());
    return stack;
  }

  /** Interrupts the call, unless it has ended. Its thread does not notice afterwards. */
  public synchronized void interrupt() {
    if (state == State.RUNNING) {
      interrupted = true;
      thread.interrupt();
    }
  }

  /** Waits until it has ended. Answers whether it has. */
  public synchronized boolean awaitEnd(Deadline until) throws InterruptedException {
    while (state == State.RUNNING && !until.expired()) {
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, until.remaining().toNanos()));
    }
    return state == State.ENDED;
  }

  /**
   * Says that nobody waits for it any more: whatever it answers will change nothing. For {@link
   * Callbacks#giveUp}, which tells of it.
   *
   * @return whether that is so; false if it has just ended
   */
  synchronized boolean giveUp() {
    if (state != State.RUNNING) {
      return false;
    }
    state = State.GIVEN_UP;
    context.revoke();
    return true;
  }

  /** Takes note of its end, on its own thread. Answers whether that is of interest to anybody. */
  synchronized boolean end() {
    if (interrupted) {
      boolean _ = Thread.interrupted();
    }
    if (state == State.GIVEN_UP) {
      return false;
    }
    state = State.ENDED;
    notifyAll();
    return true;
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
