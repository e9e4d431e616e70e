// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.benchmarks;

import dev.luo.benchmarks.CheapHandler.Belonging;
import dev.luo.core.LiveUpdate;
import dev.luo.core.OutgoingSession;
import dev.luo.core.testing.InProcessHandover;
import dev.luo.linux.EventFd;
import dev.luo.linux.Fd;
import dev.luo.linux.LinuxException;
import dev.luo.linux.Memfd;
import dev.luo.spi.LuoException;
import dev.luo.spi.Token;
import java.util.EnumSet;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Preserves one file and gives it up again while a session has others. */
@State(Scope.Benchmark)
public class PreserveBenchmark {

  /** What the files are, and what their handler asks for. */
  public enum Kind {
    /** Memfds, each an inode of its own, and a handler that asks for nothing. */
    BARE,
    /** The same with a record and a carried descriptor each. */
    CARRIED,
    /** Event descriptors, which all share one inode: told apart by the kernel's order. */
    ONE_INODE;

    private Set<Belonging> belongings() {
      return this == CARRIED ? EnumSet.allOf(Belonging.class) : EnumSet.noneOf(Belonging.class);
    }

    private Fd create() throws LinuxException {
      return this == ONE_INODE ? EventFd.create(0) : Memfd.create("benchmark");
    }
  }

  private static final Token SPARE = Token.of(-1L);

  /** How many there are already. */
  @Param("1000")
  public int files;

  /** What is preserved. */
  @Param public Kind kind = Kind.BARE;

  private LiveUpdate luo;
  private OutgoingSession session;
  private Fd spare;

  /** Preserves the others. */
  @Setup
  public void preserveOthers() throws LuoException, LinuxException {
    luo = InProcessHandover.open(Scene.options(kind.belongings()));
    session = luo.createSession("s");
    for (int i = 0; i < files; i++) {
      try (Fd file = kind.create()) {
        session.preserve(Token.of(i), file);
      }
    }
    spare = kind.create();
  }

  /** Measured. */
  @Benchmark
  public void preserveAndUnpreserve() throws LuoException {
    session.preserve(SPARE, spare);
    session.unpreserve(SPARE);
  }

  /** Gives everything up. */
  @TearDown
  public void close() {
    spare.close();
    luo.close();
  }
}
