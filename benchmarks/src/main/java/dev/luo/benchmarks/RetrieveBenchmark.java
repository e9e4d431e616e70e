// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.benchmarks;

import dev.luo.core.IncomingSession;
import dev.luo.core.LiveUpdate;
import dev.luo.linux.Fd;
import dev.luo.linux.LinuxException;
import dev.luo.spi.LuoException;
import dev.luo.spi.Token;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Asks for one file that was retrieved, by its token, while a session brought others. */
@State(Scope.Benchmark)
public class RetrieveBenchmark {

  /** How many the session brought. */
  @Param("1000")
  public int files;

  private LiveUpdate luo;
  private IncomingSession session;
  private Token wanted;

  /** Hands the session over. */
  @Setup
  public void arrive() throws LuoException, LinuxException {
    LiveUpdate predecessor = Scene.open();
    Scene.memfds(predecessor.createSession("s"), files);
    luo = Scene.successorOf(predecessor);
    session = luo.retrieveSession("s");
    wanted = Token.of(files / 2);
  }

  /** Measured: luo duplicates its descriptor for the caller. */
  @Benchmark
  public void retrieveAgain() throws LuoException {
    try (Fd _ = session.retrieve(wanted).file()) {
      // The caller's own, and closed as such.
    }
  }

  /** Gives everything up. */
  @TearDown
  public void discard() throws LuoException {
    session.discard();
    luo.close();
  }
}
