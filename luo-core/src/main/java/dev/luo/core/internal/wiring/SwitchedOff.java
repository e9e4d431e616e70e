// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.wiring;

import dev.luo.core.CheckReport;
import dev.luo.core.FlbReference;
import dev.luo.core.HandlerStatus;
import dev.luo.core.Handlers;
import dev.luo.core.IncomingImage;
import dev.luo.core.IncomingSession;
import dev.luo.core.LiveUpdate;
import dev.luo.core.Membership;
import dev.luo.core.NoHandlerException;
import dev.luo.core.Options;
import dev.luo.core.OutgoingSession;
import dev.luo.core.Participant;
import dev.luo.core.Successor;
import dev.luo.core.SwitchedOffException;
import dev.luo.core.UpdateReport;
import dev.luo.core.internal.callback.PlatformThread;
import dev.luo.core.internal.handover.Replacement;
import dev.luo.linux.Errno;
import dev.luo.spi.Compatible;
import dev.luo.spi.FileHandler;
import dev.luo.spi.FileLifecycleBound;
import dev.luo.spi.LuoException;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The luo that an embedder gets where live update is switched off: it has no sessions, no handlers
 * and no FLBs, and an update replaces the process without a callback. What was handed over is left
 * alone. Thread-safe.
 */
final class SwitchedOff implements LiveUpdate {

  /** The system property that switches luo off, by the value {@code off}. */
  private static final String PROPERTY = "luo.liveupdate";

  private final Options options;
  private final Surroundings surroundings;
  private final Settling settling;

  /** Held for an update and for the end, as in {@link Orchestrator}. */
  private final ReentrantLock one = new ReentrantLock();

  private volatile boolean closed;

  /** Guarded by {@link #one}. */
  private boolean ended;

  SwitchedOff(Options options, Surroundings surroundings) {
    this.options = options;
    this.surroundings = surroundings;
    this.settling = new Settling(Optional.empty(), surroundings.guardian(), Optional.empty());
  }

  /** Answers whether luo is to be off, as the options or whoever started the JVM say. */
  static boolean isWanted(Options options) {
    return options.isSwitchedOff() || "off".equals(System.getProperty(PROPERTY));
  }

  private static SwitchedOffException unsupported(String asked) {
    return new SwitchedOffException(asked, Errno.EOPNOTSUPP);
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("luo is closed");
    }
  }

  @Override
  public void register(FileHandler<?> handler) throws LuoException {
    checkOpen();
    throw unsupported("a handler cannot be registered");
  }

  /** Does nothing (LUO-REG-09). */
  @Override
  public void unregister(FileHandler<?> handler) {
    checkOpen();
  }

  @Override
  public Handlers handlers() {
    return new NoHandlers();
  }

  @Override
  public Optional<IncomingImage> incoming() {
    return Optional.empty();
  }

  @Override
  public IncomingSession retrieveSession(String name) throws LuoException {
    checkOpen();
    throw new SwitchedOffException("session \"" + name + "\" cannot be retrieved", Errno.ENOENT);
  }

  @Override
  public OutgoingSession createSession(String name) throws LuoException {
    checkOpen();
    throw new SwitchedOffException("session \"" + name + "\" cannot be created", Errno.ENOENT);
  }

  @Override
  public <T> FlbReference<T> outgoing(FileLifecycleBound<T> flb) throws LuoException {
    checkOpen();
    throw unsupported("shared state " + flb.compatible() + " cannot be referred to");
  }

  @Override
  public <T> FlbReference<T> incoming(FileLifecycleBound<T> flb) throws LuoException {
    return outgoing(flb);
  }

  @Override
  public void update(Successor successor) throws LuoException {
    Objects.requireNonNull(successor, "successor");
    checkOpen();
    one.lock();
    try {
      checkOpen();
      settling.standDown();
      boolean _ =
          PlatformThread.call(
              "luo-update",
              () -> {
                Replacement.run(successor, options.freezeDeadline());
                return true;
              });
    } finally {
      one.unlock();
    }
  }

  @Override
  public CheckReport check(Successor successor) throws LuoException {
    checkOpen();
    throw unsupported("a successor cannot be checked");
  }

  /** Lets anybody join, who is never called: an update is made without a callback (LUO-SER-01). */
  @Override
  public Membership join(Participant participant) {
    Objects.requireNonNull(participant, "participant");
    checkOpen();
    return () -> {};
  }

  @Override
  public void resumed() {
    settling.begin();
  }

  @Override
  public Optional<UpdateReport> report() {
    return Optional.empty();
  }

  @Override
  public Optional<UpdateReport> refusedUpdate() {
    return Optional.empty();
  }

  @Override
  public void close() {
    closed = true;
    one.lock();
    try {
      if (!ended) {
        ended = true;
        settling.beforeTheEnd();
        surroundings.whenClosed().run();
      }
    } finally {
      one.unlock();
    }
  }

  private static final class NoHandlers implements Handlers {

    @Override
    public List<HandlerStatus> list() {
      return List.of();
    }

    @Override
    public void switchOff(Compatible compatible) throws NoHandlerException {
      throw NoHandlerException.forSwitch(compatible, Collections.emptySortedSet());
    }

    @Override
    public void switchOn(Compatible compatible) throws NoHandlerException {
      switchOff(compatible);
    }
  }
}
