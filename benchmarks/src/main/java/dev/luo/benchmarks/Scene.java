// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.benchmarks;

import dev.luo.benchmarks.CheapHandler.Belonging;
import dev.luo.core.LiveUpdate;
import dev.luo.core.Options;
import dev.luo.core.OutgoingSession;
import dev.luo.core.testing.InProcessHandover;
import dev.luo.linux.Fd;
import dev.luo.linux.LinuxException;
import dev.luo.linux.Memfd;
import dev.luo.spi.Crossing;
import dev.luo.spi.LuoException;
import dev.luo.spi.Token;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Puts there what an operation is measured among. */
final class Scene {

  /** Kept, or its level would be forgotten: a line for each handover is not wanted here. */
  private static final Logger LOG = Logger.getLogger("dev.luo");

  static {
    LOG.setLevel(Level.WARNING);
  }

  private Scene() {}

  static Options options(Set<Belonging> belongings) {
    return Options.crossings(Crossing.EXEC)
        .withoutDiscovery()
        .handler(new CheapHandler(belongings));
  }

  /** Opens a luo whose files are memfds, with a record each. */
  static LiveUpdate open() throws LuoException {
    return InProcessHandover.open(options(Set.of(Belonging.RECORD)));
  }

  /** Opens the successor, and lets the predecessor die. */
  static LiveUpdate successorOf(LiveUpdate predecessor) throws LuoException {
    try (InProcessHandover handover =
        InProcessHandover.handOver(predecessor, options(Set.of(Belonging.RECORD)))) {
      return handover.successor();
    }
  }

  /** Creates empty sessions, called by their numbers. */
  static void sessions(LiveUpdate luo, int count) throws LuoException {
    for (int i = 0; i < count; i++) {
      luo.createSession(sessionName(i));
    }
  }

  static String sessionName(int number) {
    return "session-" + number;
  }

  /** Preserves new memfds, under their numbers as tokens. */
  static void memfds(OutgoingSession session, int count) throws LuoException, LinuxException {
    for (int i = 0; i < count; i++) {
      try (Fd file = Memfd.create("benchmark")) {
        session.preserve(Token.of(i), file);
      }
    }
  }
}
