// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.session;

import dev.luo.core.FreezeRefusedException;
import dev.luo.core.HandlerStuckException;
import dev.luo.core.UpdateReport;
import dev.luo.core.internal.descriptor.CarriedDescriptors;
import dev.luo.core.internal.file.OutgoingFile;
import dev.luo.core.internal.handover.FreezableState;
import dev.luo.core.internal.handover.FrozenState;
import dev.luo.core.internal.handover.Timeline;
import dev.luo.core.internal.handover.drystart.Demands;
import dev.luo.core.internal.participant.Participants;
import dev.luo.spi.Crossing;
import dev.luo.spi.Deadline;
import dev.luo.spi.LuoException;
import dev.luo.spi.Origin;
import dev.luo.spi.ThawCause;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings everything to rest for an update, stage by stage, and back if it is refused. Used by one
 * thread.
 */
public final class Freeze implements FreezableState {

  private static final Logger LOG = System.getLogger("dev.luo.core");

  /** How far an update has come; each stage contains those before it. */
  private enum Stage {
    /** The workload runs. */
    AT_WORK,
    /** The program and its participants have been asked to pause it. */
    PAUSED,
    /** No call to a session is under way, and none begins. */
    GATE_CLOSED,
    /** Some files may be frozen, or all. */
    FREEZING,
    /** The image may be public. */
    PUBLISHED
  }

  private final Participants participants;
  private final Readiness readiness;
  private final Gate gate;
  private final OutgoingSessions sessions;
  private final Freezing freezing;
  private final CarriedDescriptors carried;
  private final OutgoingImage image;
  private Stage stage = Stage.AT_WORK;

  /** Of the update that is under way, or was. */
  private Timeline timeline = new Timeline();

  private Origin origin = Origin.HANDOVER;

  @Inject
  Freeze(
      Participants participants,
      Readiness readiness,
      Gate gate,
      OutgoingSessions sessions,
      Freezing freezing,
      CarriedDescriptors carried,
      OutgoingImage image) {
    this.participants = participants;
    this.readiness = readiness;
    this.gate = gate;
    this.sessions = sessions;
    this.freezing = freezing;
    this.carried = carried;
    this.image = image;
  }

  @Override
  public Demands demands() {
    return readiness.demands();
  }

  /**
   * Refuses an update without a file that no update is to be made without.
   *
   * @throws HandlerStuckException of the first file that is quarantined and mandatory
   */
  public void requireNoneQuarantined() throws HandlerStuckException {
    freezing.requireNoneMissing();
  }

  @Override
  public FrozenState freeze(Deadline deadline, Timeline timeline) throws LuoException {
    requireNoneQuarantined();
    this.timeline = timeline;
    image.prepare();
    try {
      pause(deadline, timeline);
      closeGate(deadline);
      freezeFiles(deadline, timeline);
      return publish(timeline);
    } catch (FreezeRefusedException | HandlerStuckException | RuntimeException | Error refused) {
      undo(ThawCause.REFUSED).forEach(refused::addSuppressed);
      throw refused;
    } catch (LuoException e) {
      FreezeRefusedException refused = new FreezeRefusedException(e);
      undo(ThawCause.REFUSED).forEach(refused::addSuppressed);
      throw refused;
    }
  }

  private void pause(Deadline deadline, Timeline timeline) throws FreezeRefusedException {
    stage = Stage.PAUSED;
    try (var _ = timeline.start(UpdateReport.PAUSE)) {
      participants.pause(deadline);
    } catch (Exception e) {
      throw new FreezeRefusedException("the workload could not be paused: " + e.getMessage(), e);
    }
  }

  private void closeGate(Deadline deadline) throws FreezeRefusedException {
    try {
      gate.close(deadline);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FreezeRefusedException("interrupted while waiting for calls to sessions", e);
    }
    stage = Stage.GATE_CLOSED;
  }

  private void freezeFiles(Deadline deadline, Timeline timeline) throws LuoException {
    stage = Stage.FREEZING;
    try (var _ = timeline.start("freeze")) {
      freezing.freeze(Crossing.EXEC, deadline);
    }
  }

  private FrozenState publish(Timeline timeline) throws LuoException {
    stage = Stage.PUBLISHED;
    try (var _ = timeline.start("image")) {
      image.publish(timeline, origin);
    }
    return new FrozenState(image.file(), image.nonce(), image.carried());
  }

  /** Says how this process ends, for whoever comes after it; by a handover if nothing is said. */
  public void ending(Origin how) {
    origin = how;
  }

  /**
   * Leaves everything as a process does that dies at work: nothing is paused, and nobody is asked
   * to freeze. It does not come back: {@link #abandon} is next.
   */
  public FrozenState die(Deadline deadline, Timeline timeline) throws LuoException {
    ending(Origin.CRASH);
    this.timeline = timeline;
    image.prepare();
    closeGate(deadline);
    boolean left = false;
    try {
      FrozenState state = publish(timeline);
      left = true;
      return state;
    } finally {
      if (!left) {
        stage = Stage.AT_WORK;
        gate.open();
      }
    }
  }

  @Override
  public void depart(Timeline timeline) {
    image.report(timeline);
  }

  /** Takes note that an update was refused, for whoever asks. */
  public void refuse(LuoException why, Timeline timeline) {
    image.refuse(why, timeline);
  }

  @Override
  public void thaw() {
    thaw(ThawCause.REFUSED);
  }

  /** As {@link #thaw()}, after a successor may have had the files. */
  public void thaw(ThawCause cause) {
    for (Throwable failure : undo(cause)) {
      LOG.log(Level.ERROR, "the update was refused, and not all of it could be undone", failure);
    }
  }

  /** Takes the stages back in reverse, whatever becomes of one of them; lists what failed. */
  private List<Throwable> undo(ThawCause cause) {
    Stage reached = stage;
    stage = Stage.AT_WORK;
    List<Throwable> failures = new ArrayList<>();
    if (reached == Stage.AT_WORK) {
      return failures;
    }
    try (var _ = timeline.start("thaw")) {
      undo(reached, cause, failures);
    }
    return failures;
  }

  private void undo(Stage reached, ThawCause cause, List<Throwable> failures) {
    if (reached.compareTo(Stage.PUBLISHED) >= 0) {
      undo(image::withdraw, failures);
    }
    if (reached.compareTo(Stage.FREEZING) >= 0) {
      undo(() -> failures.addAll(freezing.thaw(cause)), failures);
    }
    if (reached.compareTo(Stage.GATE_CLOSED) >= 0) {
      undo(gate::open, failures);
    }
    if (reached.compareTo(Stage.PAUSED) >= 0) {
      undo(participants::resume, failures);
    }
  }

  private static void undo(Runnable step, List<Throwable> failures) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      failures.add(e);
    }
  }

  /** Drops what is frozen as the end of the process would, without a word to any handler. */
  public void abandon() {
    for (PreservingSession session : sessions.all()) {
      session.files().forEach(OutgoingFile::abandon);
    }
    carried.abandon();
    participants.abandon();
    stage = Stage.AT_WORK;
    gate.open();
  }
}
