// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.internal;

/** What to do with the {@link Throwable} that the signature of a method handle declares. */
public final class Failures {
  private Failures() {}

  /** Throws what a downcall threw; it has no checked exception to throw. */
  public static RuntimeException unchecked(Throwable thrown) {
    if (thrown instanceof RuntimeException exception) {
      return exception;
    }
    if (thrown instanceof Error error) {
      throw error;
    }
    return new IllegalStateException("a downcall threw a checked exception", thrown);
  }
}
