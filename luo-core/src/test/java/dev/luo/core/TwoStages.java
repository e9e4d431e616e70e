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
}
