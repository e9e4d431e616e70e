// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.callback;

import dev.luo.core.Options;
import dev.luo.spi.Deadline;
import dev.luo.spi.LuoException;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs work that makes calls on a platform thread of its own, and does not wait for ever for one of
 * them: a call that is not back by its deadline is interrupted, and given up if it is not back
 * within the grace after that. Thread-safe.
 */
public final class Attendance {

  private final Callbacks callbacks;
  private final Duration grace;

  @Inject
  Attendance(Callbacks callbacks, Options options) {
    this.callbacks = callbacks;
    this.grace = options.interruptGrace();
  }

  /** A thread that somebody waits for, and may give up: it does not keep the JVM from ending. */
  private static final class AttendedThread extends Thread {
    AttendedThread(Runnable work, String name) {
      super(work, name);
      setDaemon(true);
    }
  }

  /** Answers whether the caller is called by work that somebody waits for here. */
  public static boolean isHere() {
    return Thread.currentThread() instanceof AttendedThread;
  }

  /** Returns how long an interrupted call may take to come back. */
  public Duration grace() {
    return grace;
  }

  /**
   * Runs the work and waits whatever happens; an interrupt is kept for later.
   *
   * @param shortest how far away the deadline of a call is at least when it begins
   * @throws StuckCallException if a call in it was given up, and with it the rest of the work
   * @throws LuoException if the work threw it
   */
  public <T> T call(String threadName, Duration shortest, Callable<T> work)
      throws LuoException, StuckCallException {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new AttendedThread(task, threadName);
    thread.start();
    boolean interrupted = false;
    try {
      boolean done = false;
      while (!done) {
        try {
          done = isDone(task, untilNextLook(thread, shortest));
          if (!done) {
            endWhatIsOverdue(thread);
          }
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    return PlatformThread.await(task);
  }

  private static boolean isDone(FutureTask<?> task, long nanos) throws InterruptedException {
    try {
      var _ = task.get(nanos, TimeUnit.NANOSECONDS);
      return true;
    } catch (ExecutionException e) {
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  /** As {@link #call}, for work that throws nothing that is checked. */
  public void run(String threadName, Duration shortest, Runnable work) throws StuckCallException {
    try {
      boolean _ =
          call(
              threadName,
              shortest,
              () -> {
                work.run();
                return true;
              });
    } catch (LuoException e) {
      throw new AssertionError("nobody threw it", e);
    }
  }

  /**
   * A call that begins right after a look has its deadline no earlier than the next one, so none is
   * overdue without being seen.
   */
  private long untilNextLook(Thread thread, Duration shortest) {
    long next = shortest.toNanos();
    CallUnderWay call = outermost(thread);
    return Math.max(1, call == null ? next : Math.min(next, call.deadline().remaining().toNanos()));
  }

  private @Nullable CallUnderWay outermost(Thread thread) {
    return callbacks.underWay(thread).map(CallUnderWay::outermost).orElse(null);
  }

  private void endWhatIsOverdue(Thread thread) throws StuckCallException, InterruptedException {
    CallUnderWay call = outermost(thread);
    if (call == null || !call.deadline().expired()) {
      return;
    }
    call.interrupt();
    if (!call.awaitEnd(Deadline.after(grace))) {
      StuckCallException stuck = new StuckCallException(call);
      if (callbacks.giveUp(call, stuck.where())) {
        throw stuck;
      }
    }
  }
}
