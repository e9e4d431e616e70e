// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.participant;

import dev.luo.spi.Deadline;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Calls into the embedder's code, one after the other, all on one thread: what locks in one call
 * may unlock in the next. A call that is not back by its deadline is interrupted; if it is not back
 * within the grace after that, it is given up with its thread, and the next call gets a new one.
 * Used by one thread.
 */
final class WatchedCalls implements AutoCloseable {

  private final String threadName;
  private final Duration grace;
  private @Nullable Caller caller;

  WatchedCalls(String threadName, Duration grace) {
    this.threadName = threadName;
    this.grace = grace;
  }

  /** A thread that does not keep the JVM from ending, as it may never end. */
  private static final class WatchedThread extends Thread {
    WatchedThread(Runnable work, String name) {
      super(work, name);
      setDaemon(true);
    }
  }

  /**
   * Takes one call after the other; an interrupt that was meant for one does not reach the next.
   */
  private static final class Caller extends ThreadPoolExecutor {
    private volatile @Nullable Thread thread;

    Caller(String name) {
      super(
          1,
          1,
          0,
          TimeUnit.NANOSECONDS,
          new LinkedBlockingQueue<>(),
          work -> new WatchedThread(work, name));
    }

    @Override
    protected void beforeExecute(Thread thread, Runnable work) {
      this.thread = thread;
    }
  }

  /** Answers whether this thread was made here, for a call that somebody waits for. */
  static boolean isHere() {
    return Thread.currentThread() instanceof WatchedThread;
  }

  /** Starts the thread, so that the next call need not. */
  void prepare() {
    var _ = caller().prestartCoreThread();
  }

  private Caller caller() {
    Caller current = caller;
    if (current == null) {
      current = new Caller(threadName);
      caller = current;
    }
    return current;
  }

  /**
   * Makes a call and waits for it, whatever happens; an interrupt is kept for later.
   *
   * @throws TimeoutException if it did not come back; its stack is that of the call
   * @throws Exception what the call threw
   */
  void call(Party party, String operation, Deadline deadline, Callable<Boolean> call)
      throws Exception {
    Caller current = caller();
    FutureTask<Boolean> task = new FutureTask<>(call);
    current.execute(task);
    if (!isDone(task, deadline)) {
      Thread thread = current.thread;
      if (thread != null) {
        thread.interrupt();
      }
      if (!isDone(task, Deadline.after(grace))) {
        throw givenUp(party, operation, current);
      }
    }
    result(task);
  }

  private TimeoutException givenUp(Party party, String operation, Caller stuck) {
    close();
    Thread thread = stuck.thread;
    String what = party + " did not come back from " + operation;
    if (thread == null) {
      return new TimeoutException(what);
    }
    party.stuckOn(thread);
    return whereIs(thread, what);
  }

  /** Returns an exception with the stack trace of that thread. */
  static TimeoutException whereIs(Thread thread, String what) {
    TimeoutException where = new TimeoutException(what);
    where.setStackTrace(thread.getStackTrace());
    return where;
  }

  private static boolean isDone(FutureTask<?> task, Deadline deadline) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          var _ = task.get(Math.max(0, deadline.remaining().toNanos()), TimeUnit.NANOSECONDS);
          return true;
        } catch (ExecutionException e) {
          return true;
        } catch (TimeoutException e) {
          return false;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void result(FutureTask<?> done) throws Exception {
    switch (done.state()) {
      case FAILED -> {
        switch (done.exceptionNow()) {
          case Exception e -> throw e;
          case Error e -> throw e;
          case Throwable e -> throw new IllegalStateException(e);
        }
      }
      case SUCCESS, CANCELLED, RUNNING -> {}
    }
  }

  /** Lets the thread go, once it is back. */
  @Override
  public void close() {
    Caller last = caller;
    if (last != null) {
      caller = null;
      last.shutdown();
    }
  }
}
