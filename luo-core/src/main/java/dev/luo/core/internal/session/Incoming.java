// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.session;

import dev.luo.core.Freshness.Lapse;
import dev.luo.core.IncomingImage;
import dev.luo.core.IncomingSession;
import dev.luo.core.IncomingUnfinishedException;
import dev.luo.core.NoSuchSessionException;
import dev.luo.core.Options;
import dev.luo.core.SessionClaimedException;
import dev.luo.core.UpdateReport;
import dev.luo.core.internal.callback.Callbacks;
import dev.luo.core.internal.conduct.Conduct;
import dev.luo.core.internal.file.IdentityMap;
import dev.luo.core.internal.file.IncomingFiles;
import dev.luo.core.internal.file.IncomingSurroundings;
import dev.luo.core.internal.file.Remarks;
import dev.luo.core.internal.flb.IncomingFlbs;
import dev.luo.core.internal.image.ImageContent;
import dev.luo.core.internal.image.SessionEntry;
import dev.luo.core.internal.image.Stamp;
import dev.luo.core.internal.observe.Observation;
import dev.luo.core.internal.registry.HandlerRegistry;
import dev.luo.core.internal.report.ArrivalReport;
import dev.luo.core.internal.report.CallTimes;
import dev.luo.linux.Clock;
import dev.luo.linux.Fd;
import dev.luo.spi.Boundary;
import dev.luo.spi.Compatible;
import dev.luo.spi.Crossing;
import dev.luo.spi.LuoException;
import dev.luo.spi.Origin;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What was handed to this process, ready to be retrieved. Thread-safe. */
public final class Incoming implements IncomingImage {

  private static final Logger LOG = System.getLogger("dev.luo.core");

  private final Arrival arrival;
  private final Conduct conduct;
  private final HandlerRegistry registry;
  private final IncomingFlbs flbs;
  private final IncomingSessions sessions;
  private final ArrivalReport report;
  private final Remarks remarks = Remarks.quiet();

  /**
   * Builds the incoming side.
   *
   * @param openedAt when the opening of luo began, as {@link System#nanoTime}
   */
  public Incoming(
      Arrival arrival,
      Callbacks callbacks,
      HandlerRegistry registry,
      IdentityMap identities,
      OutgoingSessions outgoing,
      Options options,
      CallTimes times,
      Observation observation,
      long openedAt) {
    this.arrival = arrival;
    this.conduct = Conduct.of(options);
    ImageContent content = arrival.image().content();
    this.report =
        new ArrivalReport(
            arrival.via(),
            arrival.generation().number(),
            content.sessions().stream().mapToLong(session -> session.files().size()).sum(),
            arrival::reports,
            times.incoming(),
            openedAt);
    this.registry = registry;
    this.flbs =
        new IncomingFlbs(
            callbacks,
            content.flbs(),
            new IncomingFlbs.Surroundings(
                arrival.image(),
                arrival.descriptors(),
                arrival.origin(),
                arrival.boundary(),
                options));
    IncomingSurroundings surroundings =
        new IncomingSurroundings(
            arrival.image(),
            arrival.descriptors(),
            flbs,
            remarks,
            report,
            arrival.origin(),
            arrival.boundary());
    this.sessions =
        new IncomingSessions(
            content.sessions(),
            new IncomingFiles(callbacks, registry, identities, surroundings, conduct),
            outgoing,
            conduct,
            observation,
            this::finished);
  }

  private void finished() {
    flbs.filesFinished(
        registry.flbs(),
        () -> {
          report.block();
          arrival.abandon();
        });
  }

  /** Returns what came that files share. */
  IncomingFlbs flbs() {
    return flbs;
  }

  /** Says when sessions may be finished. */
  @FunctionalInterface
  public interface Settled {
    /**
     * Waits until that is so.
     *
     * @throws LuoException if it will not be
     */
    void await() throws LuoException;
  }

  /** Lets every finish of a session wait first. */
  public void holdFinishUntil(Settled settled) {
    sessions.holdFinishUntil(settled);
  }

  /** Closes everything that came and is still held, as the end of the process would. */
  public void abandon() {
    report.block();
    sessions.abandon();
    arrival.abandon();
  }

  /** Returns how far the world went on since the image was written. */
  public Lapse lapse() {
    Stamp written = arrival.image().content().stamp();
    return new Lapse(
        Duration.ofNanos(Clock.MONOTONIC.nanos() - written.monotonicNanos()),
        Duration.ofNanos(Clock.REALTIME.nanos() - written.realtimeNanos()),
        generation(),
        origin(),
        boundary());
  }

  @Override
  public long generation() {
    return arrival.generation().number();
  }

  @Override
  public Origin origin() {
    return arrival.origin();
  }

  @Override
  public Boundary boundary() {
    return arrival.boundary();
  }

  @Override
  public List<String> sessions() {
    return sessions.names();
  }

  /**
   * Refuses an update that would lose what is not finished, since incoming sessions are not handed
   * on (LUO-SES-39, LUO-SES-40).
   */
  public void requireFinished() throws IncomingUnfinishedException {
    if (conduct.updateLosesNothing() && !sessions.areFinished()) {
      throw new IncomingUnfinishedException(sessions.names());
    }
  }

  /** Counts the files of unfinished sessions whose records are of these formats. */
  public long unfinished(Set<Compatible> formats) {
    return sessions.unfinished(formats);
  }

  /** Claims a session. */
  public IncomingSession claim(String name) throws NoSuchSessionException, SessionClaimedException {
    return sessions.claim(name);
  }

  /** Takes note that luo is open. An image in which there is nothing is given up at once. */
  public void ready() {
    report.ready();
    ImageContent content = arrival.image().content();
    if (content.sessions().isEmpty() && content.flbs().isEmpty()) {
      finished();
    }
  }

  /** Takes note that the workload runs. */
  public void resumed() {
    report.resumed();
  }

  /**
   * Tells whoever looks on what came, how long it took until the workload ran, and what had to wait
   * until then. Takes its time.
   */
  public void announce(Observation observation, Set<Crossing> crossings, List<String> handlers) {
    remarks.speak();
    List<SessionEntry> came = arrival.image().content().sessions();
    observation.arrived(
        crossings,
        handlers,
        this,
        came.size(),
        came.stream().mapToLong(session -> session.files().size()).sum(),
        report.phasesHere());
    UpdateReport now = report();
    LOG.log(
        Level.INFO,
        "update {0} done, blackout {1}, files {2}",
        Long.toString(now.generation()),
        now.blackout().map(time -> time.toMillis() + " ms").orElse("unknown"),
        now.counts());
  }

  /** Returns the report as it stands now. */
  public UpdateReport report() {
    return report.report(remarks.all());
  }

  /** Returns the reports of the updates up to this one, the last one first. */
  public List<UpdateReport> history() {
    return report.history(remarks.all());
  }

  /** Lists every descriptor that arrived and is still held. */
  public List<Fd> held() {
    return arrival.held();
  }
}
