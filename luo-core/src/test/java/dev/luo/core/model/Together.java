// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;

/** Calls made at once, each by a thread of its own. */
final class Together {

  /** Not a measure of luo: only a deadlock takes so long. */
  private static final Duration HANGS = Duration.ofMinutes(2);

  private Together() {}

  /**
   * Makes them, and waits for all.
   *
   * @return what they answered, in the order of the calls
   * @throws AssertionError if one of them throws, or does not come back: then with all stacks
   */
  static <T> List<T> run(List<Callable<T>> calls) throws InterruptedException {
    CyclicBarrier start = new CyclicBarrier(calls.size());
    List<FutureTask<T>> tasks = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (Callable<T> call : calls) {
      FutureTask<T> task =
          new FutureTask<>(() -> {
            int _ = start.await();
            return call.call();
          });
      tasks.add(task);
      threads.add(Thread.ofPlatform().daemon().name("together-" + tasks.size()).start(task));
    }
    for (Thread thread : threads) {
      if (!thread.join(HANGS)) {
        throw new AssertionError("hangs:\n" + stacks());
      }
    }
    List<T> answers = new ArrayList<>();
    for (FutureTask<T> task : tasks) {
      try {
        answers.add(task.get());
      } catch (ExecutionException e) {
        throw new AssertionError(e.getCause());
      }
    }
    return answers;
  }

  private static String stacks() {
    return Thread.getAllStackTraces().entrySet().stream()
        .map(thread ->
            thread.getKey()
                + " "
                + thread.getKey().getState()
                + Arrays.stream(thread.getValue())
                    .map(frame -> "\n    at " + frame)
                    .collect(Collectors.joining()))
        .collect(Collectors.joining("\n"));
  }
}
