// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.registry;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Calls into handlers that must not keep luo from undoing or cleaning up the rest. */
public final class CleanUp {

  private static final Logger LOG = System.getLogger("dev.luo.core");

  private CleanUp() {}

  /**
   * Runs a step, and logs whatever comes out of it as a bug of whoever it belongs to.
   *
   * @param whose for the message
   * @param operation for the message
   */
  public static void run(Object whose, String operation, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "bug in what belongs to " + whose + ", at " + operation, e);
    }
  }
}
