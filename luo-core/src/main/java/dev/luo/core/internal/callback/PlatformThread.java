// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.callback;

import dev.luo.spi.LuoException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Runs what must not run on a virtual thread: handlers call native code, which would pin the
 * carrier, and may rely on being on the thread they were called on.
 */
public final class PlatformThread {

  private PlatformThread() {}

  /** Runs the call here, or on a platform thread if this one is virtual. */
  public static <T> T call(Callable<T> call) throws LuoException {
    FutureTask<T> task = new FutureTask<>(call);
    if (Thread.currentThread().isVirtual()) {
      Thread.ofPlatform().name("luo-call").start(task);
    } else {
      task.run();
    }
    return await(task);
  }

  /** Runs the call on a platform thread of that name, whatever this one is. */
  public static <T> T call(String name, Callable<T> call) throws LuoException {
    FutureTask<T> task = new FutureTask<>(call);
    Thread.ofPlatform().name(name).start(task);
    return await(task);
  }

  /**
   * Waits whatever happens, and keeps an interrupt for later: the call must not go on unattended.
   */
  static <T> T await(FutureTask<T> task) throws LuoException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
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
