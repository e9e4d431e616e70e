// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.core.testing.InProcessHandover;
import java.util.ArrayList;

/** Hands one file over, in a JVM of its own. */
final class HandoverProgram {

  private HandoverProgram() {}

  public static void main(String[] args) throws Exception {
    LiveUpdate luo = TwoStages.open(ScriptedHandler.forMemfds(new ArrayList<>()));
    TwoStages.preserve(luo.createSession("s"), 1);
    try (InProcessHandover handover =
            TwoStages.handOver(luo, ScriptedHandler.forMemfds(new ArrayList<>()));
        IncomingSession came = handover.successor().retrieveSession("s")) {
      long _ = TwoStages.number(came, 1);
      came.finish();
    }
  }
}
