// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.wiring;

import dev.luo.core.CheckReport;
import dev.luo.core.FlbReference;
import dev.luo.core.FreezeRefusedException;
import dev.luo.core.Handlers;
import dev.luo.core.IncomingImage;
import dev.luo.core.IncomingSession;
import dev.luo.core.IncomingUnfinishedException;
import dev.luo.core.LiveUpdate;
import dev.luo.core.Membership;
import dev.luo.core.NoSuchSessionException;
import dev.luo.core.Options;
import dev.luo.core.OutgoingSession;
import dev.luo.core.Participant;
import dev.luo.core.Successor;
import dev.luo.core.SuccessorRefusedException;
import dev.luo.core.SuccessorRefusedException.Reason;
import dev.luo.core.UpdateReport;
import dev.luo.core.internal.callback.Attendance;
import dev.luo.core.internal.callback.PlatformThread;
import dev.luo.core.internal.handover.ExecUpdate;
import dev.luo.core.internal.handover.Timeline;
import dev.luo.core.internal.handover.drystart.DryStart;
import dev.luo.core.internal.handover.drystart.SuccessorDescription;
import dev.luo.core.internal.memory.OutgoingMemory;
import dev.luo.core.internal.observe.Observation;
import dev.luo.core.internal.participant.Participants;
import dev.luo.core.internal.registry.HandlerAdministration;
import dev.luo.core.internal.registry.HandlerRegistry;
import dev.luo.core.internal.report.Departures;
import dev.luo.core.internal.session.FlbAccess;
import dev.luo.core.internal.session.Freeze;
import dev.luo.core.internal.session.Incoming;
import dev.luo.core.internal.session.OutgoingSessions;
import dev.luo.core.internal.session.Readiness;
import dev.luo.spi.Compatible;
import dev.luo.spi.FileHandler;
import dev.luo.spi.FileLifecycleBound;
import dev.luo.spi.LuoException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The luo that an embedder gets: passes every call on to the part that it belongs to. Thread-safe.
 */
@Singleton
final class Orchestrator implements LiveUpdate {

  private final Options options;
  private final HandlerRegistry registry;
  private final OutgoingSessions outgoing;
  private final FlbAccess flbs;
  private final OutgoingMemory memory;
  private final Optional<Incoming> incoming;
  private final Freeze freeze;
  private final Departures departures;
  private final Observation observation;
  private final Surroundings surroundings;
  private final Handlers handlers;
  private final Participants participants;
  private final Readiness readiness;
  private final Refreshing refreshing;
  private final Announcement announcement;
  private final Settling settling;

  /** Held for an update and for the end: an update that succeeds takes everything with it. */
  private final ReentrantLock one = new ReentrantLock();

  private volatile @Nullable Thread updating;
  private volatile boolean closed;

  /** Guarded by {@link #one}. */
  private boolean ended;

  @Inject
  Orchestrator(
      Options options,
      HandlerRegistry registry,
      OutgoingSessions outgoing,
      FlbAccess flbs,
      OutgoingMemory memory,
      Optional<Incoming> incoming,
      Freeze freeze,
      Departures departures,
      Participants participants,
      Readiness readiness,
      Observation observation,
      Surroundings surroundings) {
    this.options = options;
    this.registry = registry;
    this.outgoing = outgoing;
    this.flbs = flbs;
    this.memory = memory;
    this.incoming = incoming;
    this.freeze = freeze;
    this.departures = departures;
    this.participants = participants;
    this.readiness = readiness;
    this.refreshing = new Refreshing(options, incoming);
    this.observation = observation;
    this.surroundings = surroundings;
    this.handlers = new HandlerAdministration(registry, this::unfinished);
    this.announcement = new Announcement(options, registry, incoming, observation);
    this.settling = new Settling(incoming, surroundings.guardian(), Optional.of(announcement));
  }

  /** Takes note that the opening is over. */
  void ready() {
    incoming.ifPresent(image -> {
      image.holdFinishUntil(settling::beforeFinish);
      image.ready();
    });
    announcement.opened();
  }

  @Override
  public void register(FileHandler<?> handler) throws LuoException {
    checkOpen();
    registry.register(handler);
  }

  @Override
  public void unregister(FileHandler<?> handler) throws LuoException {
    Objects.requireNonNull(handler, "handler");
    checkOpen();
    registry.unregister(handler, this::unfinished);
  }

  @Override
  public Handlers handlers() {
    return handlers;
  }

  @Override
  public <T> FlbReference<T> outgoing(FileLifecycleBound<T> flb) throws LuoException {
    Objects.requireNonNull(flb, "flb");
    checkOpen();
    return flbs.outgoing(flb);
  }

  @Override
  public <T> FlbReference<T> incoming(FileLifecycleBound<T> flb) throws LuoException {
    Objects.requireNonNull(flb, "flb");
    checkOpen();
    return flbs.incoming(flb);
  }

  private long unfinished(Set<Compatible> formats) {
    return incoming.map(image -> image.unfinished(formats)).orElse(0L);
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
    checkNotUpdating();
    one.lock();
    try {
      // An update waits in the kernel, as no virtual thread may, and a caller's interrupt does not
      // stop it half-way.
      boolean _ =
          PlatformThread.call(
              "luo-update",
              () -> {
                updating = Thread.currentThread();
                try {
                  update(
                      new ExecUpdate(options.freezeDeadline(), List.of(), timeline()), successor);
                } finally {
                  updating = null;
                }
                return true;
              });
    } finally {
      one.unlock();
    }
  }

  private void update(ExecUpdate crossing, Successor successor) throws LuoException {
    checkOpen();
    attempt(
        crossing.timeline(),
        () -> {
          standGuardianDown();
          prepare();
          crossing.run(successor, freeze, this::checkOpen);
          return true;
        });
  }

  /** Does what comes before every handover: what is unfinished is not preserved a second time. */
  void prepare() throws LuoException {
    checkNothingIsLost();
    participants.preserve();
  }

  @Override
  public CheckReport check(Successor successor) throws LuoException {
    Objects.requireNonNull(successor, "successor");
    checkNotUpdating();
    one.lock();
    try {
      checkOpen();
      SuccessorDescription offered =
          PlatformThread.call("luo-check", () -> DryStart.describe(successor));
      return readiness.check(offered, obstacles(), longestBlackout());
    } finally {
      one.unlock();
    }
  }

  /** What an update asks of this process, whatever its successor is. */
  @FunctionalInterface
  private interface Requirement {
    void check() throws LuoException;
  }

  /** Lists, for people, what would refuse an update to any program. */
  private List<String> obstacles() {
    List<String> obstacles = new ArrayList<>();
    List<Requirement> requirements =
        List.of(this::checkNothingIsLost, freeze::requireNoneQuarantined);
    for (Requirement requirement : requirements) {
      try {
        requirement.check();
      } catch (LuoException e) {
        obstacles.add(String.valueOf(e.getMessage()));
      }
    }
    return obstacles;
  }

  private Optional<Duration> longestBlackout() {
    return incoming.map(Incoming::history).orElse(List.of()).stream()
        .flatMap(report -> report.blackout().stream())
        .max(Comparator.naturalOrder());
  }

  @Override
  public Membership join(Participant participant) throws LuoException {
    Objects.requireNonNull(participant, "participant");
    checkNotUpdating();
    one.lock();
    try {
      checkOpen();
      return participants.join(participant, this);
    } finally {
      one.unlock();
    }
  }

  /** What hands everything over, or fails to. */
  @FunctionalInterface
  interface Attempt<T> {
    T run() throws LuoException;
  }

  /** Begins a timeline that is told to whoever looks on. */
  Timeline timeline() {
    return new Timeline(observation);
  }

  /** Counts an attempt, and tells of it and keeps its report if it ends here, whatever ended it. */
  <T> T attempt(Timeline timeline, Attempt<T> attempt) throws LuoException {
    observation.begun(departures.begin());
    try {
      return attempt.run();
    } catch (LuoException e) {
      tellRefused(e, e, timeline);
      throw e;
    } catch (RuntimeException | Error e) {
      tellRefused(new FreezeRefusedException(String.valueOf(e), e), e, timeline);
      throw e;
    }
  }

  /** What is thrown counts; that it cannot be told any more is only added to it. */
  private void tellRefused(LuoException told, Throwable thrown, Timeline timeline) {
    try {
      freeze.refuse(told, timeline);
      observation.refused(told);
    } catch (RuntimeException | Error e) {
      thrown.addSuppressed(e);
    }
  }

  /** A guardian of the last update would end the next successor for what this process owes it. */
  private void standGuardianDown() throws SuccessorRefusedException {
    try {
      settling.standDown();
    } catch (LuoException e) {
      throw SuccessorRefusedException.because(
              Reason.NO_GUARDIAN, e.errno(), String.valueOf(e.getMessage()))
          .cause(e)
          .build();
    }
  }

  /** Quiescer, participants and handlers are called by the threads of the update. */
  private void checkNotUpdating() {
    if (Thread.currentThread().equals(updating) || Attendance.isHere() || Participants.isHere()) {
      throw new IllegalStateException("called by an update, which would wait for itself");
    }
  }

  void checkNothingIsLost() throws IncomingUnfinishedException {
    if (incoming.isPresent()) {
      incoming.get().requireFinished();
    }
  }

  Freeze freeze() {
    return freeze;
  }

  OutgoingMemory memory() {
    return memory;
  }

  /** Closes what is frozen as the end of the process would, without a word to any handler. */
  void abandon() {
    closed = true;
    one.lock();
    try {
      ended = true;
      freeze.abandon();
      incoming.ifPresent(Incoming::abandon);
      memory.close();
    } finally {
      one.unlock();
    }
  }

  @Override
  public void resumed() {
    refreshing.refresh();
    settling.begin();
  }

  @Override
  public Optional<UpdateReport> report() {
    return incoming.map(Incoming::report);
  }

  @Override
  public Optional<UpdateReport> refusedUpdate() {
    return departures.lastRefused();
  }

  @Override
  public void close() {
    checkNotUpdating();
    // An update that has not come to the point of no return goes back when it sees this.
    closed = true;
    one.lock();
    try {
      if (!ended) {
        ended = true;
        settling.beforeTheEnd();
        outgoing.closeAll();
        flbs.close();
        memory.close();
        surroundings.whenClosed().run();
      }
    } finally {
      one.unlock();
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("luo is closed");
    }
  }
}
