// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.session;

import dev.luo.core.HandlerFailedException;
import dev.luo.core.HandlerStuckException;
import dev.luo.core.Importance;
import dev.luo.core.Options;
import dev.luo.core.UpdateReport.Fate;
import dev.luo.core.UpdateReport.FileOutcome;
import dev.luo.core.internal.callback.Attendance;
import dev.luo.core.internal.callback.CallUnderWay;
import dev.luo.core.internal.callback.FileName;
import dev.luo.core.internal.callback.StuckCallException;
import dev.luo.core.internal.file.OutgoingFile;
import dev.luo.core.internal.file.OutgoingFiles;
import dev.luo.core.internal.file.References;
import dev.luo.core.internal.observe.Observation;
import dev.luo.core.internal.registry.HandlerRegistry;
import dev.luo.core.internal.report.Departures;
import dev.luo.spi.Compatible;
import dev.luo.spi.Crossing;
import dev.luo.spi.Deadline;
import dev.luo.spi.LuoException;
import dev.luo.spi.ThawCause;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Freezes and unfreezes the files of all sessions, while the gate is closed. Handlers are called by
 * a thread that can be given up, and that holds no lock of luo's meanwhile. Used by one thread.
 *
 * <p>Which files are frozen is said by the files. The way back is therefore the same from
 * everywhere: sessions newest first, in each the files that are frozen, oldest first.
 */
final class Freezing {

  private final Options options;
  private final HandlerRegistry registry;
  private final OutgoingSessions sessions;
  private final OutgoingFiles files;
  private final Attendance attendance;
  private final Departures departures;
  private final Observation observation;

  /** Files that have no part in the update under way and will have in the next one. */
  private final List<OutgoingFile<?>> dropped = new ArrayList<>();

  /** Handlers of which a call did not come back: the next one may not either. */
  private final Set<Compatible> suspects = new HashSet<>();

  @Inject
  Freezing(
      Options options,
      HandlerRegistry registry,
      OutgoingSessions sessions,
      OutgoingFiles files,
      Attendance attendance,
      Departures departures,
      Observation observation) {
    this.options = options;
    this.registry = registry;
    this.sessions = sessions;
    this.files = files;
    this.attendance = attendance;
    this.departures = departures;
    this.observation = observation;
  }

  /**
   * Refuses an update without a file that no update is to be made without.
   *
   * @throws HandlerStuckException of the first file that is quarantined and mandatory
   */
  void requireNoneMissing() throws HandlerStuckException {
    for (PreservingSession session : sessions.all()) {
      for (OutgoingFile<?> file : session.files()) {
        if (file.isQuarantined() && file.importance() == Importance.MANDATORY) {
          throw file.stuck();
        }
      }
    }
  }

  /**
   * Freezes every file, sessions in the order of creation and files oldest first (LUO-SER-02).
   * Optional ones that cannot be frozen stay behind. Whatever becomes of it, {@link #thaw} takes
   * everything back.
   *
   * @throws HandlerFailedException of the first mandatory file that cannot be frozen in time
   * @throws HandlerStuckException if a call did not come back; its file is quarantined
   */
  void freeze(Crossing crossing, Deadline deadline) throws LuoException {
    try {
      boolean _ =
          attendance.call(
              "luo-freeze",
              registry.shortestFreeze(deadline),
              () -> {
                for (PreservingSession session : sessions.all()) {
                  freeze(session, crossing, deadline);
                }
                return true;
              });
    } catch (StuckCallException e) {
      throw quarantined(e);
    }
  }

  private void freeze(PreservingSession session, Crossing crossing, Deadline deadline)
      throws LuoException {
    for (OutgoingFile<?> file : session.files()) {
      if (file.isQuarantined()) {
        leave(file, session, file.stuck());
      } else if (!file.staysBehind()) {
        try {
          files.freeze(file, session, crossing, deadline);
        } catch (HandlerFailedException e) {
          if (deadline.expired()) {
            throw e;
          }
          leave(file, session, e);
        }
      }
    }
  }

  /**
   * Leaves a file behind, and with it all that cannot be rebuilt without it.
   *
   * @throws E the reason, if one of them is not to be left behind
   */
  private <E extends LuoException> void leave(
      OutgoingFile<?> file, PreservingSession session, E reason) throws E {
    List<OutgoingFile<?>> left = References.withDependents(file, session);
    for (OutgoingFile<?> one : left) {
      if (one.importance() == Importance.MANDATORY) {
        throw reason;
      }
    }
    for (OutgoingFile<?> one : left) {
      if (one != file && !one.staysBehind()) {
        drop(one, session, "it cannot be rebuilt without token " + file.token());
      }
    }
    drop(file, session, String.valueOf(reason.getMessage()));
  }

  /** What is frozen is unfrozen first: a freeze may have succeeded, and come back too late. */
  private void drop(OutgoingFile<?> file, PreservingSession session, String reason) {
    if (file.isFrozen()) {
      unfreeze(file, session, ThawCause.REFUSED);
    }
    FileName name = file.name();
    FileOutcome lost =
        new FileOutcome(name.session(), name.token(), name.compatible(), Fate.DROPPED, reason);
    departures.drop(lost);
    observation.dropped(lost);
    if (!file.isQuarantined()) {
      files.drop(file);
      dropped.add(file);
    }
  }

  /**
   * Unfreezes what is frozen: sessions newest first, their files oldest first (LUO-SER-08,
   * LUO-SER-09). What stayed behind takes part in the next update again. A call that does not come
   * back keeps nobody else frozen.
   *
   * @return what did not come back; those files are quarantined
   */
  List<HandlerStuckException> thaw(ThawCause cause) {
    List<HandlerStuckException> stuck = new ArrayList<>();
    boolean thawed = false;
    while (!thawed) {
      try {
        attendance.run("luo-thaw", shortestUnfreeze(), () -> unfreezeAll(cause));
        thawed = true;
      } catch (StuckCallException e) {
        stuck.add(quarantined(e));
      }
    }
    dropped.forEach(files::takeAlong);
    dropped.clear();
    suspects.clear();
    return stuck;
  }

  private void unfreezeAll(ThawCause cause) {
    for (PreservingSession session : sessions.all().reversed()) {
      for (OutgoingFile<?> file : session.files()) {
        if (file.isFrozen()) {
          unfreeze(file, session, cause);
        }
      }
    }
  }

  private void unfreeze(OutgoingFile<?> file, PreservingSession session, ThawCause cause) {
    boolean suspect = suspects.contains(file.name().compatible());
    Duration limit = suspect ? attendance.grace() : options.freezeDeadline();
    files.unfreeze(file, session, cause, Deadline.after(limit));
  }

  private Duration shortestUnfreeze() {
    Duration grace = attendance.grace();
    Duration limit = options.freezeDeadline();
    return grace.compareTo(limit) < 0 ? grace : limit;
  }

  private HandlerStuckException quarantined(StuckCallException stuck) {
    CallUnderWay call = stuck.call();
    if (!(call.subject() instanceof OutgoingFile<?> file)) {
      throw new IllegalStateException("only files are frozen", stuck);
    }
    files.quarantine(file, call.step(), stuck.where());
    suspects.add(file.name().compatible());
    HandlerStuckException failure = file.stuck();
    observation.quarantined(failure);
    return failure;
  }
}
