// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.session;

import dev.luo.core.FreezeRefusedException;
import dev.luo.core.Options;
import dev.luo.core.UpdateReport;
import dev.luo.core.internal.descriptor.CarriedDescriptors;
import dev.luo.core.internal.descriptor.CarriedDescriptors.Carried;
import dev.luo.core.internal.file.OutgoingFile;
import dev.luo.core.internal.flb.OutgoingFlb;
import dev.luo.core.internal.flb.OutgoingFlbs;
import dev.luo.core.internal.handover.FreezableState;
import dev.luo.core.internal.handover.FrozenState;
import dev.luo.core.internal.handover.Timeline;
import dev.luo.core.internal.handover.drystart.Demands;
import dev.luo.spi.Compatible;
import dev.luo.spi.Crossing;
import dev.luo.spi.Deadline;
import dev.luo.spi.LuoException;
import dev.luo.spi.ThawCause;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/**
 * Brings everything to rest for an update, and back if it is refused: workload, gate, files, image,
 * in this order, and undone in reverse. Used by one thread.
 */
public final class Freeze implements FreezableState {

  private static final Logger LOG = System.getLogger("dev.luo.core");

  private final Options options;
  private final Gate gate;
  private final OutgoingSessions sessions;
  private final OutgoingFlbs flbs;
  private final CarriedDescriptors carried;
  private final OutgoingImage image;

  @Inject
  Freeze(
      Options options,
      Gate gate,
      OutgoingSessions sessions,
      OutgoingFlbs flbs,
      CarriedDescriptors carried,
      OutgoingImage image) {
    this.options = options;
    this.gate = gate;
    this.sessions = sessions;
    this.flbs = flbs;
    this.carried = carried;
    this.image = image;
  }

  @Override
  public Demands demands() {
    Set<Compatible> compatibles = new HashSet<>();
    long files = 0;
    for (PreservingSession session : sessions.all()) {
      for (OutgoingFile<?> file : session.files()) {
        compatibles.add(file.name().compatible());
        files++;
      }
    }
    for (OutgoingFlb<?> flb : flbs.inUse()) {
      compatibles.add(flb.flb().compatible());
    }
    return new Demands(
        Arrival.IMAGE_ABI,
        compatibles,
        Map.of("sessions", (long) sessions.all().size(), "files", files));
  }

  @Override
  public FrozenState freeze(Deadline deadline, Timeline timeline) throws LuoException {
    image.prepare();
    pause(deadline, timeline);
    boolean gateClosed = false;
    boolean frozen = false;
    boolean complete = false;
    try {
      closeGate(deadline);
      gateClosed = true;
      try (var _ = timeline.start("freeze")) {
        sessions.freeze(Crossing.EXEC, deadline);
      }
      frozen = true;
      try (var _ = timeline.start("image")) {
        image.publish(timeline);
      }
      FrozenState state =
          new FrozenState(
              image.file(), image.nonce(), carried.all().stream().map(Carried::fd).toList());
      complete = true;
      return state;
    } catch (FreezeRefusedException e) {
      throw e;
    } catch (LuoException e) {
      throw new FreezeRefusedException(e);
    } finally {
      if (!complete) {
        undo(frozen, gateClosed);
      }
    }
  }

  /** Every step is taken, whatever becomes of the one before. */
  private void undo(boolean frozen, boolean gateClosed) {
    try {
      if (frozen) {
        sessions.unfreeze(ThawCause.REFUSED);
      }
    } finally {
      try {
        if (gateClosed) {
          gate.open();
        }
      } finally {
        resume();
      }
    }
  }

  private void pause(Deadline deadline, Timeline timeline) throws FreezeRefusedException {
    boolean paused = false;
    try (var _ = timeline.start(UpdateReport.PAUSE)) {
      options.quiescer().pause(deadline);
      paused = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FreezeRefusedException("interrupted while pausing the workload", e);
    } catch (Exception e) {
      throw new FreezeRefusedException("the workload could not be paused: " + e.getMessage(), e);
    } finally {
      if (!paused) {
        resume();
      }
    }
  }

  private void closeGate(Deadline deadline) throws FreezeRefusedException {
    try {
      if (!gate.close(deadline)) {
        throw new FreezeRefusedException(
            "a call to a session is still under way", new TimeoutException());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FreezeRefusedException("interrupted while waiting for calls to sessions", e);
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
    try {
      image.withdraw();
    } finally {
      undo(true, true);
    }
  }

  /** Drops what is frozen as the end of the process would, without a word to any handler. */
  public void abandon() {
    for (PreservingSession session : sessions.all()) {
      session.files().forEach(OutgoingFile::abandon);
    }
    carried.abandon();
    gate.open();
  }

  private void resume() {
    try {
      options.quiescer().resume();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "the workload could not be resumed", e);
    }
  }
}
