// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.fuzz;

import org.jspecify.annotations.Nullable;

/** What Jazzer calls, by these names. */
public final class JazzerDriver {

  private static @Nullable Target target;

  private JazzerDriver() {}

  /** Called once, with the name of a target. */
  public static void fuzzerInitialize(String[] arguments) throws Exception {
    target = Targets.of(arguments[0]).open();
  }

  /** Called for each input. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    if (target == null) {
      throw new IllegalStateException("no target was named");
    }
    target.test(input);
  }
}
