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
import dev.luo.linux.FileStatus;
import dev.luo.linux.Mapping;
import dev.luo.linux.Memfd;
import dev.luo.linux.MemfdFlag;
import dev.luo.linux.Seal;
import dev.luo.spi.Crossing;
import dev.luo.spi.LuoException;
import dev.luo.spi.Token;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Replaces itself until its third generation. Each adds one to a number in memory, moves the
 * position by one, and says what it found. The argument names the {@link Kind} of memory.
 */
final class ExecProgram {
  private static final int LAST = 3;
  private static final String SESSION = "vm-42";
  private static final Token TOKEN = Token.of(0x1001);

  private ExecProgram() {}

  /** What memory crosses; its first byte, which is zero, counts the generations. */
  enum Kind {
    /** A few bytes that are sealed. */
    SEALED {
      @Override
      Fd create() throws IOException {
        Fd memory = Memory.withContent("ram");
        Memory.write(memory, 0, (byte) 0);
        Memfd.addSeals(memory, Seal.SHRINK, Seal.GROW);
        return memory;
      }
    },

    /** Holes between data and after it, of more than a transparent huge page, and a mode. */
    SPARSE {
      @Override
      Fd create() throws IOException {
        Fd memory = Memfd.create("sparse");
        FileIo.truncate(memory, 16 << 20);
        Memory.write(memory, 0, (byte) 0);
        Memory.write(memory, 8 << 20, (byte) 7);
        Memory.chmod(memory, 0640);
        return memory;
      }
    },

    /** One page of the pool. */
    HUGE {
      @Override
      Fd create() throws IOException {
        Fd memory = Memfd.create("huge", MemfdFlag.HUGETLB);
        FileIo.truncate(memory, HugePages.sizeFor(memory));
        return memory;
      }
    };

    abstract Fd create() throws IOException;
  }

  /** Runs one generation. */
  public static void main(String[] arguments) throws Exception {
    try (LiveUpdate luo = LiveUpdate.open(Options.crossings(Crossing.EXEC));
        Fd memory =
            luo.incoming().isPresent() ? retrieve(luo) : create(Kind.valueOf(arguments[0]))) {
      int generation = countUp(memory);
      FileIo.position(memory, generation);
      System.out.println("pid " + ProcessHandle.current().pid());
      if (generation < LAST) {
        luo.createSession(SESSION).preserve(TOKEN, memory);
        luo.update(Successor.sameCommand());
      }
      System.out.println("last " + generation);
    }
  }

  private static Fd create(Kind kind) throws IOException {
    Fd memory = kind.create();
    System.out.println("NEW " + describe(memory) + " position 0");
    return memory;
  }

  private static Fd retrieve(LiveUpdate luo) throws LuoException, IOException {
    try (IncomingSession came = luo.retrieveSession(SESSION)) {
      RetrievedFile retrieved = came.retrieve(TOKEN);
      luo.resumed();
      came.finish();
      Fd memory = retrieved.file();
      System.out.println(
          retrieved.fidelity() + " " + describe(memory) + " position " + FileIo.position(memory));
      return memory;
    }
  }

  private static String describe(Fd memory) throws IOException {
    FileStatus status = FileStatus.of(memory);
    return Memfd.name(memory)
        + (" size " + status.byteSize())
        + (" mode " + Integer.toOctalString(status.permissions()))
        + (" huge pages " + HugePages.sizeFor(memory))
        + (" seals " + Memfd.seals(memory))
        + (" data " + FileIo.dataExtents(memory));
  }

  /** Mapped, as memory of huge pages cannot be written to otherwise. */
  private static int countUp(Fd memory) throws IOException {
    try (Mapping mapping = Mapping.map(memory, FileIo.size(memory))) {
      MemorySegment bytes = mapping.segment();
      int generation = bytes.get(ValueLayout.JAVA_BYTE, 0) + 1;
      bytes.set(ValueLayout.JAVA_BYTE, 0, (byte) generation);
      return generation;
    }
  }
}
