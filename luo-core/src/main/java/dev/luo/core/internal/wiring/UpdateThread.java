// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.wiring;

import dev.luo.spi.LuoException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Runs updates, one at a time, each on a platform thread of luo's own: an update waits in the
 * kernel, which a virtual thread must not, and a caller's interrupt must not stop it half-way.
 */
final class UpdateThread {

  /** An update. Comes back by an exception only. */
  @FunctionalInterface
  interface Update {
    void run() throws LuoException;
  }

  private final ReentrantLock one = new ReentrantLock();

  void run(Update update) throws LuoException {
    one.lock();
    try {
      FutureTask<Boolean> task =
          new FutureTask<>(() -> {
            update.run();
            return true;
          });
      Thread.ofPlatform().name("luo-update").start(task);
      await(task);
    } finally {
      one.unlock();
    }
  }

  private static void await(FutureTask<Boolean> task) throws LuoException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          task.get();
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw failure(e, e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Gives an exception of the other thread to the caller as it is. */
  private static LuoException failure(ExecutionException carrier, @Nullable Throwable cause) {
    return switch (cause) {
      case LuoException e -> e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> throw new IllegalStateException(carrier);
    };
  }
}
