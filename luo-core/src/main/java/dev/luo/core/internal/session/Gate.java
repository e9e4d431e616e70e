// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.session;

import dev.luo.core.FreezeRefusedException;
import dev.luo.core.HandlerFailedException.Step;
import dev.luo.core.internal.callback.Attendance;
import dev.luo.core.internal.callback.CallUnderWay;
import dev.luo.core.internal.callback.Callbacks;
import dev.luo.spi.Deadline;
import dev.luo.spi.LuoException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Lets calls to sessions through until an update closes it; then they wait, and go on if the update
 * is refused (LUO-SER-16).
 */
@Singleton
final class Gate {

  /** A call to a session. */
  @FunctionalInterface
  interface Call<T> {
    T run() throws LuoException;
  }

  /** What handlers are asked to do by calls that pass here. */
  private static final Set<Step> BEHIND_THE_GATE =
      EnumSet.of(Step.CAN_PRESERVE, Step.PRESERVE, Step.UNPRESERVE);

  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final Callbacks callbacks;

  @Inject
  Gate(Callbacks callbacks) {
    this.callbacks = callbacks;
  }

  <T> T pass(Call<T> call) throws LuoException {
    refuseTheUpdateItself();
    lock.readLock().lock();
    try {
      return call.run();
    } finally {
      lock.readLock().unlock();
    }
  }

  void passQuietly(Runnable call) {
    refuseTheUpdateItself();
    lock.readLock().lock();
    try {
      call.run();
    } finally {
      lock.readLock().unlock();
    }
  }

  private static void refuseTheUpdateItself() {
    if (Attendance.isHere()) {
      throw new IllegalStateException(
          "called by a handler during an update, which would wait for itself");
    }
  }

  /**
   * Waits for calls under way and closes the gate for others.
   *
   * @throws FreezeRefusedException if a call is still under way at the deadline; says which, and
   *     since when
   */
  void close(Deadline deadline) throws InterruptedException, FreezeRefusedException {
    if (!lock.writeLock().tryLock(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
      throw stillUnderWay();
    }
  }

  /** Whoever is in no handler is about to enter or leave luo. */
  private FreezeRefusedException stillUnderWay() {
    String what = "a call to a session is still under way";
    for (CallUnderWay call : callbacks.underWay()) {
      if (BEHIND_THE_GATE.contains(call.step())) {
        return new FreezeRefusedException(what + ": " + call, call.whereItIs());
      }
    }
    return new FreezeRefusedException(what, new TimeoutException());
  }

  /** Opens the gate; called by the thread that closed it. */
  void open() {
    lock.writeLock().unlock();
  }
}
