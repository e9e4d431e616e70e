// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.internal;

/**
 * Knows whether the foreign linker has been used, so that another call is cheap.
 *
 * <p>Apart from {@link Kernel}, because loading that would load much of {@code java.lang.foreign}
 * already.
 */
public final class Linkage {
  private static volatile boolean up;

  private Linkage() {}

  /** Whether the first downcall has been linked. */
  public static boolean isUp() {
    return up;
  }

  static void markUp() {
    up = true;
  }
}
