// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.demo;

import java.io.IOException;
import java.io.Serial;

/** Somebody interrupted the cache, and so the program that needs it. */
final class InterruptedCacheException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  InterruptedCacheException() {
    super("interrupted");
  }
}
