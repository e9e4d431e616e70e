// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;

/** Holds a reader to what it may take on the heap, whatever its input says of sizes. */
public final class Budget {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final ClassLoadingMXBean CLASSES = ManagementFactory.getClassLoadingMXBean();

  private Budget() {}

  /**
   * Runs a reader.
   *
   * @param byteSize the most that this thread may allocate meanwhile. What it costs to load a class
   *     is not the reader's: a run that does is not measured
   */
  public static <T> T within(long byteSize, Callable<T> reader) throws Exception {
    long classes = CLASSES.getTotalLoadedClassCount();
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      T read = reader.call();
      check(before, byteSize, classes);
      return read;
    } catch (Exception refused) {
      check(before, byteSize, classes);
      throw refused;
    }
  }

  private static void check(long before, long byteSize, long classes) {
    long taken = THREADS.getCurrentThreadAllocatedBytes() - before;
    if (taken > byteSize && CLASSES.getTotalLoadedClassCount() == classes) {
      throw new AssertionError(
          "%,d bytes were allocated, and at most %,d are due".formatted(taken, byteSize));
    }
  }
}
