// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.callback;

import dev.luo.core.HandlerFailedException.Step;
import dev.luo.core.internal.descriptor.Call;
import dev.luo.spi.LuoException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one way into handlers and shared state. Whatever comes out of an operation is turned into
 * what luo knows; which calls are under way, how long they take and how they end is known to
 * whoever looks. Thread-safe.
 */
@Singleton
public final class Callbacks {

  private static final Logger LOG = System.getLogger("dev.luo.core");

  private final CallObserver observer;

  /** The innermost call of each thread. */
  private final Map<Thread, CallUnderWay> underWay = new ConcurrentHashMap<>();

  /** Begins with no call under way. */
  @Inject
  public Callbacks(CallObserver observer) {
    this.observer = observer;
  }

  /** An operation that may fail. */
  @FunctionalInterface
  public interface Fallible<T extends @Nullable Object> {
    /** Runs it. */
    T call() throws LuoException, IOException;
  }

  /**
   * Runs an operation that may fail. An unchecked failure counts too, and is logged as a bug of
   * whoever was called.
   *
   * @throws E if it failed, as the subject puts it
   * @throws GivenUpException if nobody waits for it any more
   */
  public <T extends @Nullable Object, E extends LuoException> T attempt(
      Subject<E> subject, Step step, Call context, Fallible<T> operation) throws E {
    CallUnderWay call = begin(subject, step, context);
    T result;
    try {
      result = operation.call();
    } catch (LuoException | IOException e) {
      end(call, e);
      throw subject.failure(step, e);
    } catch (RuntimeException | Error e) {
      end(call, e);
      logBug(call, e);
      throw subject.failure(step, e);
    }
    end(call, null);
    return result;
  }

  /**
   * Runs an operation that cannot fail, as it undoes or cleans up. What comes out of it all the
   * same is logged as a bug of whoever was called.
   *
   * @throws GivenUpException if nobody waits for it any more
   */
  public void run(Subject<?> subject, Step step, Call context, Runnable operation) {
    CallUnderWay call = begin(subject, step, context);
    try {
      operation.run();
    } catch (RuntimeException | Error e) {
      end(call, e);
      logBug(call, e);
      return;
    }
    end(call, null);
  }

  /** Asks a question; whoever throws instead of an answer has said no. */
  public boolean ask(Subject<?> subject, Step step, Call context, BooleanSupplier question) {
    CallUnderWay call = begin(subject, step, context);
    boolean answer;
    try {
      answer = question.getAsBoolean();
    } catch (RuntimeException | Error e) {
      end(call, e);
      logBug(call, e);
      return false;
    }
    end(call, null);
    return answer;
  }

  private CallUnderWay begin(Subject<?> subject, Step step, Call context) {
    Thread thread = Thread.currentThread();
    CallUnderWay call = new CallUnderWay(subject, step, context, thread, underWay.get(thread));
    underWay.put(thread, call);
    call.trace(observer.began(call));
    return call;
  }

  private void end(CallUnderWay call, @Nullable Throwable failure) {
    long duration = System.nanoTime() - call.startNanos();
    CallUnderWay outer = call.outer();
    if (outer == null) {
      underWay.remove(call.thread());
    } else {
      underWay.put(call.thread(), outer);
    }
    if (!call.end()) {
      throw new GivenUpException(call);
    }
    observer.ended(call, duration, failure);
  }

  /**
   * Says that nobody waits any more for a call with which a thread went into foreign code, nor for
   * those that were made in it. Their observer is told now: whether they come back is unknown.
   *
   * @param where shows where the thread is
   * @return whether that is so; false if the call has just ended
   */
  boolean giveUp(CallUnderWay outermost, Throwable where) {
    CallUnderWay innermost = underWay.get(outermost.thread());
    if (!outermost.giveUp()) {
      return false;
    }
    for (CallUnderWay call = innermost; call != null && call != outermost; call = call.outer()) {
      if (call.giveUp()) {
        tellGivenUp(call, where);
      }
    }
    tellGivenUp(outermost, where);
    return true;
  }

  private void tellGivenUp(CallUnderWay call, Throwable where) {
    observer.ended(call, System.nanoTime() - call.startNanos(), where);
  }

  private static void logBug(CallUnderWay call, Throwable bug) {
    LOG.log(
        Level.ERROR,
        "bug in what belongs to " + call.subject() + ", at " + call.step().operation(),
        bug);
  }

  /** Returns the call that a thread is in, the innermost one; empty if it is in none. */
  public Optional<CallUnderWay> underWay(Thread thread) {
    return Optional.ofNullable(underWay.get(thread));
  }

  /** Lists the call that each thread is in, the oldest first. */
  public List<CallUnderWay> underWay() {
    Collection<CallUnderWay> calls = underWay.values();
    return calls.stream().sorted(Comparator.comparingLong(CallUnderWay::startNanos)).toList();
  }
}
