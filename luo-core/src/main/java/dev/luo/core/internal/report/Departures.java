// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.report;

import dev.luo.core.UpdateReport;
import dev.luo.core.UpdateReport.Course;
import dev.luo.core.UpdateReport.Fate;
import dev.luo.core.UpdateReport.FileOutcome;
import dev.luo.core.UpdateReport.Phase;
import dev.luo.core.UpdateReport.Refusal;
import dev.luo.core.UpdateReport.Remark;
import dev.luo.spi.Crossing;
import dev.luo.spi.LuoException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The attempts of this process to be replaced: how many there were, why they were refused, and what
 * the one under way has come to. Thread-safe.
 */
@Singleton
public final class Departures {

  /** So many refusals are told; how many there were is counted. */
  private static final int MAX_REFUSALS = 8;

  private final HandlerTimes times;
  private final Deque<Refusal> refusals = new ArrayDeque<>();
  private final List<FileOutcome> dropped = new ArrayList<>();
  private long attempts;
  private Optional<UpdateReport> lastRefused = Optional.empty();

  @Inject
  Departures(CallTimes times) {
    this.times = times.outgoing();
  }

  /** Counts an attempt, which begins now; answers which it is. */
  public synchronized long begin() {
    attempts++;
    dropped.clear();
    times.clear();
    return attempts;
  }

  /** Takes note that an optional file will not cross. */
  public synchronized void drop(FileOutcome file) {
    dropped.add(file);
  }

  /**
   * What an attempt came to, as far as others know it.
   *
   * @param generation of the successor
   * @param files how many cross
   */
  public record Progress(
      Crossing via, long generation, List<Phase> phases, long files, List<Remark> remarks) {

    /** Copies the lists. */
    public Progress {
      phases = List.copyOf(phases);
      remarks = List.copyOf(remarks);
    }
  }

  /** Returns what the successor is to know of the attempt under way. */
  public synchronized UpdateReport departing(Progress progress) {
    Map<Fate, Long> counts = new EnumMap<>(Fate.class);
    if (progress.files > 0) {
      counts.put(Fate.WAITING, progress.files);
    }
    if (!dropped.isEmpty()) {
      counts.put(Fate.DROPPED, (long) dropped.size());
    }
    return new UpdateReport(
        new Course(progress.via, progress.generation, attempts, List.copyOf(refusals)),
        progress.phases,
        counts,
        dropped,
        times.all(),
        progress.remarks,
        List.of());
  }

  /** Takes note that the attempt under way was refused. */
  public synchronized void refuse(LuoException why, Progress progress) {
    if (refusals.size() == MAX_REFUSALS) {
      refusals.removeFirst();
    }
    refusals.addLast(
        new Refusal(
            attempts,
            why.getClass().getSimpleName(),
            why.errno(),
            why.recovery(),
            String.valueOf(why.getMessage())));
    lastRefused = Optional.of(departing(progress));
  }

  /** Returns the report of the last attempt that was refused; empty if none was. */
  public synchronized Optional<UpdateReport> lastRefused() {
    return lastRefused;
  }
}
