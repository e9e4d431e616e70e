// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.demo;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What must not outlive this program: removed when this is closed, or when the program is
 * interrupted at whatever moment, in the reverse order of its creation.
 *
 * <p>Thread-safe.
 */
final class Leftovers implements AutoCloseable {
  /** Makes something. */
  @FunctionalInterface
  interface Creation<T> {
    T create() throws IOException;
  }

  /** Removes it. */
  @FunctionalInterface
  interface Removal<T> {
    void remove(T created) throws IOException, InterruptedException;
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException, InterruptedException;
  }

  private final Deque<Step> removals = new ArrayDeque<>();
  private final Thread hook = Thread.ofPlatform().unstarted(this::removeAll);
  private boolean removed;

  Leftovers() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Returns whether the program is ending, interrupted or in order. */
  static boolean isProgramEnding() {
    Thread probe = Thread.ofPlatform().unstarted(() -> {});
    try {
      Runtime.getRuntime().addShutdownHook(probe);
      return !Runtime.getRuntime().removeShutdownHook(probe);
    } catch (IllegalStateException e) {
      // This is how it is told; there is no question to ask.
      return true;
    }
  }

  /** Makes something that will be removed; an interrupt waits until it is known how. */
  synchronized <T> T create(Creation<T> creation, Removal<T> removal) throws IOException {
    if (removed) {
      throw new IllegalStateException("the program is ending");
    }
    T created = creation.create();
    removals.push(() -> removal.remove(created));
    return created;
  }

  private synchronized void removeAll() {
    removed = true;
    while (!removals.isEmpty()) {
      try {
        removals.pop().run();
      } catch (IOException e) {
        System.err.println("something is left behind: " + e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    removeAll();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The program is ending, and the hook has found nothing left to do.
      return;
    }
  }
}
