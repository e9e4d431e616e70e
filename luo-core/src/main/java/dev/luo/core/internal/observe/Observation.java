// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.observe;

import dev.luo.core.HandlerCall;
import dev.luo.core.HandlerStuckException;
import dev.luo.core.IncomingImage;
import dev.luo.core.Options;
import dev.luo.core.UpdateListener;
import dev.luo.core.UpdateReport.FileOutcome;
import dev.luo.core.UpdateReport.Phase;
import dev.luo.core.internal.callback.CallObserver;
import dev.luo.core.internal.callback.CallUnderWay;
import dev.luo.core.internal.callback.FileName;
import dev.luo.core.internal.handover.PhaseObserver;
import dev.luo.core.internal.report.CallTimes;
import dev.luo.linux.Errno;
import dev.luo.linux.LinuxException;
import dev.luo.spi.Crossing;
import dev.luo.spi.LuoException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells everybody who looks on what happens: the report, the embedder's listeners, the flight
 * recorder and the log. Nothing of theirs comes back. Thread-safe.
 */
@Singleton
public final class Observation implements CallObserver, PhaseObserver {

  private static final Logger LOG = System.getLogger("dev.luo.core");

  private final CallTimes times;
  private final List<UpdateListener> listeners;

  /** Whether the log may be brought up, which takes tens of milliseconds. */
  private volatile boolean atWork;

  @Inject
  Observation(CallTimes times, Options options) {
    this.times = times;
    this.listeners = options.listeners();
  }

  @Override
  public @Nullable Object began(CallUnderWay call) {
    return Recording.call();
  }

  @Override
  public void ended(CallUnderWay call, long durationNanos, @Nullable Throwable failure) {
    times.ended(call, durationNanos, failure);
    if (call.trace() == null && !isHeard()) {
      return;
    }
    Optional<FileName> file = call.subject().file();
    HandlerCall ended =
        new HandlerCall(
            file.map(FileName::session).orElse(""),
            file.map(FileName::token),
            call.subject().compatible(),
            call.step(),
            call.startNanos(),
            durationNanos,
            call.subject().byteSize(),
            Optional.ofNullable(failure).map(Observation::errno));
    Recording.end(call.trace(), ended);
    tell(listener -> listener.called(ended));
  }

  private static Errno errno(Throwable failure) {
    return switch (failure) {
      case LuoException e -> e.errno();
      case LinuxException e -> e.errno();
      case TimeoutException _ -> Errno.ETIMEDOUT;
      default -> Errno.EIO;
    };
  }

  @Override
  public @Nullable Object began(String phase) {
    if (isHeard()) {
      tell(listener -> listener.phaseBegan(phase));
    }
    return Recording.phase(phase);
  }

  @Override
  public void ended(Phase phase, @Nullable Object trace) {
    Recording.end(trace, phase);
    if (isHeard()) {
      tell(listener -> listener.phaseEnded(phase));
    }
  }

  /** Tells of luo being open where nothing came. */
  public void opened(Set<Crossing> crossings, List<String> handlers) {
    LOG.log(Level.INFO, "open for {0}, with handlers {1}; nothing came", crossings, handlers);
    atWork = true;
  }

  /**
   * Tells of luo being open and the workload running, after an update. That was some time ago:
   * nobody is told before the workload runs.
   *
   * @param files how many came
   * @param phases those of this process
   */
  public void arrived(
      Set<Crossing> crossings,
      List<String> handlers,
      IncomingImage came,
      int sessions,
      long files,
      List<Phase> phases) {
    phases.forEach(Recording::late);
    LOG.log(
        Level.INFO,
        "open for {0}, with handlers {1}; what came: generation {2}, {3}, {4} sessions, {5} files",
        crossings,
        handlers,
        came.generation(),
        came.origin(),
        sessions,
        files);
    atWork = true;
    tell(listener -> phases.forEach(listener::phaseEnded));
  }

  /** Tells what has become of a session; says nothing before the workload runs. */
  public void session(String name, String what) {
    if (atWork) {
      LOG.log(Level.DEBUG, "session \"{0}\" is {1}", name, what);
    }
  }

  /** Tells of a file that has no part in an update. */
  public void dropped(FileOutcome file) {
    LOG.log(
        Level.WARNING,
        "token {0} of session \"{1}\" stays behind: {2}",
        file.token(),
        file.session(),
        file.note());
    tell(listener -> listener.dropped(file));
  }

  /** Tells of a handler that did not come back. */
  public void quarantined(HandlerStuckException stuck) {
    LOG.log(Level.ERROR, "a handler is stuck, and will be asked for no new file", stuck);
    tell(listener -> listener.quarantined(stuck));
  }

  /** Tells of an update that begins. */
  public void begun(long attempt) {
    LOG.log(Level.INFO, "attempt {0} to be replaced begins", attempt);
  }

  /** Tells of an update that was refused. */
  public void refused(LuoException why) {
    LOG.log(
        Level.WARNING, "the update was refused, and everything taken back: {0}", why.getMessage());
    tell(listener -> listener.refused(why));
  }

  /** Asked in the blackout before a lambda is linked for nobody. */
  private boolean isHeard() {
    return !listeners.isEmpty();
  }

  private void tell(Consumer<UpdateListener> message) {
    for (UpdateListener listener : listeners) {
      try {
        message.accept(listener);
      } catch (RuntimeException | Error e) {
        LOG.log(Level.ERROR, "bug in a listener, " + listener.getClass().getName(), e);
      }
    }
  }
}
