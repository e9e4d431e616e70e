// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.server;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Something for the server's thread to do, and the promise of its result. */
record Task<T extends @Nullable Object>(Supplier<T> action, CompletableFuture<T> result) {
  void run() {
    try {
      result.complete(action.get());
    } catch (RuntimeException e) {
      result.completeExceptionally(e);
    }
  }

  void abandon() {
    result.completeExceptionally(new IllegalStateException("the server has ended"));
  }
}
