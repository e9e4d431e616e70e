// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.benchmarks;

import dev.luo.core.IncomingSession;
import dev.luo.core.LiveUpdate;
import dev.luo.core.SessionClaimedException;
import dev.luo.core.SessionExistsException;
import dev.luo.spi.LuoException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Creates, finds and claims one session while there are others. */
public class SessionBenchmark {

  /** Sessions that will be handed over. */
  @State(Scope.Benchmark)
  public static class Outgoing {

    /** How many there are already. */
    @Param("1000")
    public int sessions;

    private LiveUpdate luo;
    private String taken;

    /** Creates the others. */
    @Setup
    public void create() throws LuoException {
      luo = Scene.open();
      Scene.sessions(luo, sessions);
      taken = Scene.sessionName(sessions / 2);
    }

    /** Gives everything up. */
    @TearDown
    public void close() {
      luo.close();
    }
  }

  /** Sessions that were handed over. */
  @State(Scope.Benchmark)
  public static class Incoming {

    /** How many came. */
    @Param("1000")
    public int sessions;

    private LiveUpdate luo;
    private String wanted;
    private IncomingSession claimed;

    /** Hands them over, and claims one of them. */
    @Setup
    public void arrive() throws LuoException {
      LiveUpdate predecessor = Scene.open();
      Scene.sessions(predecessor, sessions);
      luo = Scene.successorOf(predecessor);
      wanted = Scene.sessionName(sessions / 2);
      claimed = luo.retrieveSession(wanted);
    }

    /** Ends it; what came is left. */
    @TearDown
    public void close() throws LuoException {
      claimed.close();
      luo.close();
    }
  }

  /** Measured. */
  @Benchmark
  public void createAndClose(Outgoing outgoing) throws LuoException {
    outgoing.luo.createSession("spare").close();
  }

  /** Measured: finds the name taken. Most of it is the exception. */
  @Benchmark
  public SessionExistsException findTaken(Outgoing outgoing) throws LuoException {
    try {
      outgoing.luo.createSession(outgoing.taken).close();
    } catch (SessionExistsException e) {
      return e;
    }
    throw new IllegalStateException("the name is not taken");
  }

  /** Measured: finds by name what is claimed already. Most of it is the exception. */
  @Benchmark
  public SessionClaimedException findClaimed(Incoming incoming) throws LuoException {
    try {
      incoming.luo.retrieveSession(incoming.wanted).close();
    } catch (SessionClaimedException e) {
      return e;
    }
    throw new IllegalStateException("the session is not claimed");
  }
}
