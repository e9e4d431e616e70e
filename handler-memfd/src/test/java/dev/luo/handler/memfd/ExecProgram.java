// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.handler.memfd;

import dev.luo.core.IncomingSession;
import dev.luo.core.LiveUpdate;
import dev.luo.core.Options;
import dev.luo.core.RetrievedFile;
import dev.luo.core.Successor;
import dev.luo.linux.Fd;
import dev.luo.linux.FileIo;
import dev.luo.linux.Memfd;
import dev.luo.linux.Seal;
import dev.luo.spi.Crossing;
import dev.luo.spi.LuoException;
import dev.luo.spi.Token;
import java.io.IOException;

/**
 * Replaces itself until its third generation. Each adds one to a number in memory, moves the
 * position by one, and says what it found.
 */
final class ExecProgram {
  private static final int LAST = 3;
  private static final String SESSION = "vm-42";
  private static final Token TOKEN = Token.of(0x1001);

  private ExecProgram() {}

  /** Runs one generation. */
  public static void main(String[] arguments) throws Exception {
    try (LiveUpdate luo = LiveUpdate.open(Options.crossings(Crossing.EXEC))) {
      try (Fd memory = luo.incoming().isPresent() ? retrieve(luo) : create()) {
        int generation = Memory.read(memory, 0, 1)[0] + 1;
        Memory.write(memory, 0, (byte) generation);
        FileIo.position(memory, generation);
        System.out.println("pid " + ProcessHandle.current().pid());
        if (generation < LAST) {
          luo.createSession(SESSION).preserve(TOKEN, memory);
          luo.update(Successor.sameCommand());
        }
        System.out.println("last " + generation);
      }
    }
  }

  private static Fd create() throws IOException {
    Fd memory = Memory.withContent("ram");
    Memory.write(memory, 0, (byte) 0);
    Memfd.addSeals(memory, Seal.SHRINK, Seal.GROW);
    return memory;
  }

  private static Fd retrieve(LiveUpdate luo) throws LuoException, IOException {
    try (IncomingSession came = luo.retrieveSession(SESSION)) {
      RetrievedFile retrieved = came.retrieve(TOKEN);
      luo.resumed();
      came.finish();
      Fd memory = retrieved.file();
      System.out.println(
          retrieved.fidelity()
              + " "
              + Memfd.name(memory)
              + " size "
              + FileIo.size(memory)
              + " position "
              + FileIo.position(memory)
              + " seals "
              + Memfd.seals(memory));
      return memory;
    }
  }
}
