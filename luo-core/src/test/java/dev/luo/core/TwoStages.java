// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.core.testing.InProcessHandover;
import dev.luo.linux.Fd;
import dev.luo.linux.LinuxException;
import dev.luo.spi.Crossing;
import dev.luo.spi.FileHandler;
import dev.luo.spi.LuoException;
import dev.luo.spi.Token;
import java.util.ArrayList;

/** What most tests do: open with these handlers, preserve numbered memfds, hand over. */
final class TwoStages {

  private TwoStages() {}

  static Options options(FileHandler<?>... handlers) {
    Options options = Options.crossings(Crossing.EXEC).withoutDiscovery().memoryReserve(1 << 22);
    for (FileHandler<?> handler : handlers) {
      options = options.handler(handler);
    }
    return options;
  }

  static LiveUpdate open(FileHandler<?>... handlers) throws LuoException {
    return InProcessHandover.open(options(handlers));
  }

  static InProcessHandover handOver(LiveUpdate predecessor, FileHandler<?>... handlers)
      throws LuoException {
    return InProcessHandover.handOver(predecessor, options(handlers));
  }

  /** Preserves a new memfd that contains the token's number. */
  static void preserve(OutgoingSession session, long... tokens)
      throws LuoException, LinuxException {
    for (long token : tokens) {
      try (Fd memfd = Memfds.containing(token)) {
        session.preserve(Token.of(token), memfd);
      }
    }
  }

  /** Retrieves a memfd and reads the number in it. */
  static long number(IncomingSession session, long token) throws LuoException, LinuxException {
    try (Fd memfd = session.retrieve(Token.of(token)).file()) {
      return Memfds.number(memfd);
    }
  }

  /**
   * Opens a successor to which three sessions came: "s" with files 1, 2 and 3, "t" with file 4, and
   * "empty". Its predecessor has gone.
   */
  static LiveUpdate arrived(FileHandler<?>... handlers) throws LuoException, LinuxException {
    LiveUpdate predecessor = open(ScriptedHandler.forMemfds(new ArrayList<>()));
    preserve(predecessor.createSession("s"), 1, 2, 3);
    preserve(predecessor.createSession("t"), 4);
    predecessor.createSession("empty");
    try (InProcessHandover handover = handOver(predecessor, handlers)) {
      return handover.successor();
    }
  }

  /** Gives up whatever is not finished and not claimed. */
  static void discardAll(LiveUpdate successor) throws LuoException {
    discardAll(successor, successor.incoming().orElseThrow().sessions().toArray(String[]::new));
  }

  static void discardAll(LiveUpdate successor, String... names) throws LuoException {
    for (String name : names) {
      try (IncomingSession session = successor.retrieveSession(name)) {
        session.discard();
      }
    }
  }
}
