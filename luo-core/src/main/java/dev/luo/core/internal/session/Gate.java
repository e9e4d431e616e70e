// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.session;

import dev.luo.spi.Deadline;
import dev.luo.spi.LuoException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
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

  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

  @Inject
  Gate() {}

  <T> T pass(Call<T> call) throws LuoException {
    lock.readLock().lock();
    try {
      return call.run();
    } finally {
      lock.readLock().unlock();
    }
  }

  void passQuietly(Runnable call) {
    lock.readLock().lock();
    try {
      call.run();
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * Waits for calls under way and closes the gate for others.
   *
   * @return whether it is closed now; false if a call was still under way at the deadline
   */
  boolean close(Deadline deadline) throws InterruptedException {
    return lock.writeLock().tryLock(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Opens the gate; called by the thread that closed it. */
  void open() {
    lock.writeLock().unlock();
  }
}
