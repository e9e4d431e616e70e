// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.wiring;

import dev.luo.core.IncomingImage;
import dev.luo.core.IncomingSession;
import dev.luo.core.IncomingUnfinishedException;
import dev.luo.core.LiveUpdate;
import dev.luo.core.NoSuchSessionException;
import dev.luo.core.Options;
import dev.luo.core.OutgoingSession;
import dev.luo.core.Successor;
import dev.luo.core.UpdateReport;
import dev.luo.core.internal.handover.ExecUpdate;
import dev.luo.core.internal.memory.OutgoingMemory;
import dev.luo.core.internal.registry.HandlerRegistry;
import dev.luo.core.internal.session.Freeze;
import dev.luo.core.internal.session.Incoming;
import dev.luo.core.internal.session.OutgoingSessions;
import dev.luo.spi.FileHandler;
import dev.luo.spi.LuoException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The luo that an embedder gets: passes every call on to the part that it belongs to. Thread-safe.
 */
@Singleton
final class Orchestrator implements LiveUpdate {

  private final Options options;
  private final HandlerRegistry registry;
  private final OutgoingSessions outgoing;
  private final OutgoingMemory memory;
  private final Optional<Incoming> incoming;
  private final Freeze freeze;
  private final Surroundings surroundings;
  private final UpdateThread updates = new UpdateThread();
  private final AtomicReference<@Nullable Settling> settling = new AtomicReference<>();
  private boolean closed;

  @Inject
  Orchestrator(
      Options options,
      HandlerRegistry registry,
      OutgoingSessions outgoing,
      OutgoingMemory memory,
      Optional<Incoming> incoming,
      Freeze freeze,
      Surroundings surroundings) {
    this.options = options;
    this.registry = registry;
    this.outgoing = outgoing;
    this.memory = memory;
    this.incoming = incoming;
    this.freeze = freeze;
    this.surroundings = surroundings;
  }

  /** Takes note that the opening is over. */
  void ready() {
    incoming.ifPresent(Incoming::ready);
  }

  @Override
  public void register(FileHandler<?> handler) throws LuoException {
    checkOpen();
    registry.register(handler);
  }

  @Override
  public Optional<IncomingImage> incoming() {
    return incoming.map(image -> image);
  }

  @Override
  public IncomingSession retrieveSession(String name) throws LuoException {
    Objects.requireNonNull(name, "name");
    checkOpen();
    return incoming.orElseThrow(() -> new NoSuchSessionException(name)).claim(name);
  }

  @Override
  public OutgoingSession createSession(String name) throws LuoException {
    Objects.requireNonNull(name, "name");
    checkOpen();
    return outgoing.create(name);
  }

  @Override
  public void update(Successor successor) throws LuoException {
    Objects.requireNonNull(successor, "successor");
    checkOpen();
    checkNothingIsLost();
    awaitSettling();
    ExecUpdate crossing = new ExecUpdate(options.freezeDeadline(), List.of());
    updates.run(() -> crossing.run(successor, freeze));
  }

  /** Incoming sessions are not handed on (LUO-SES-39). */
  void checkNothingIsLost() throws IncomingUnfinishedException {
    List<String> unfinished = incoming.map(Incoming::sessions).orElse(List.of());
    if (!unfinished.isEmpty()) {
      throw new IncomingUnfinishedException(unfinished);
    }
  }

  Freeze freeze() {
    return freeze;
  }

  /** Closes what is frozen as the end of the process would, without a word to any handler. */
  void abandon() {
    synchronized (this) {
      closed = true;
    }
    freeze.abandon();
    memory.close();
  }

  @Override
  public void resumed() {
    if (incoming.isEmpty() && surroundings.guardian().isEmpty()) {
      return;
    }
    Settling begun = new Settling(incoming, surroundings.guardian());
    if (settling.compareAndSet(null, begun)) {
      incoming.ifPresent(Incoming::resumed);
      begun.start();
    }
  }

  @Override
  public Optional<UpdateReport> report() {
    return incoming.map(Incoming::report);
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    awaitSettling();
    outgoing.closeAll();
    memory.close();
    surroundings.whenClosed().run();
  }

  /** A guardian of the last update must be gone before the next one, and before the end. */
  private void awaitSettling() {
    Settling begun = settling.get();
    if (begun != null) {
      begun.await();
    }
  }

  private synchronized void checkOpen() {
    if (closed) {
      throw new IllegalStateException("luo is closed");
    }
  }
}
