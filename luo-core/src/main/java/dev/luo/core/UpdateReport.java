// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Errno;
import dev.luo.spi.Compatible;
import dev.luo.spi.Crossing;
import dev.luo.spi.Fidelity;
import dev.luo.spi.Recovery;
import dev.luo.spi.Token;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an update did and how long each part of it took, from both processes. Immutable.
 *
 * <p>The predecessor writes its part into handover memory; the successor completes it, and hands it
 * on to its own successor with the reports before it. What is handed on is bounded: {@link #files},
 * {@link #handlers} and {@link #remarks} of an earlier update may be cut short, while {@link
 * #counts}, phases and numbers are complete.
 *
 * @param course which update, and how it went
 * @param phases in the order of their beginning; on one clock, {@code CLOCK_MONOTONIC}, for both
 *     processes
 * @param counts how many files each fate had; a fate that is not there had none
 * @param files what is worth a line: every file that is not {@link Fate#LIVE} or {@link
 *     Fate#REBUILT} or has a note, and others, up to some thousands
 * @param handlers how long the handlers took, by compatible string and operation; the predecessor's
 *     during the update only
 * @param remarks of handlers in both processes, file by file
 * @param earlier the updates before this one, the last one first; each without any of its own
 */
public record UpdateReport(
    Course course,
    List<Phase> phases,
    Map<Fate, Long> counts,
    List<FileOutcome> files,
    List<HandlerTime> handlers,
    List<Remark> remarks,
    List<UpdateReport> earlier) {

  /** The phase at whose end the workload of the predecessor stands still. */
  public static final String PAUSE = "pause";

  /** The phase at whose end the workload of the successor runs. */
  public static final String RESTORE = "restore";

  /** Copies what can change. */
  public UpdateReport {
    phases = List.copyOf(phases);
    EnumMap<Fate, Long> sorted = new EnumMap<>(Fate.class);
    sorted.putAll(counts);
    counts = Collections.unmodifiableMap(sorted);
    files = List.copyOf(files);
    handlers = List.copyOf(handlers);
    remarks = List.copyOf(remarks);
    earlier = List.copyOf(earlier);
  }

  /**
   * Which update it was, and what it took.
   *
   * @param via the way that was taken, or tried
   * @param generation how many updates led to the successor; to the one that would have been, if
   *     this one was refused
   * @param attempt how many updates the predecessor had tried, this one among them
   * @param refusals the last of those attempts that were refused, oldest first
   */
  public record Course(Crossing via, long generation, long attempt, List<Refusal> refusals) {

    /** Copies the list. */
    public Course {
      refusals = List.copyOf(refusals);
    }

    /** Returns why this very attempt was refused; empty if it was not. */
    public Optional<Refusal> refusal() {
      return refusals.stream().filter(refusal -> refusal.attempt() == attempt).findFirst();
    }
  }

  /**
   * Why an update was refused.
   *
   * @param attempt which it was, counted by the predecessor from 1
   * @param exception the simple name of the exception's class
   * @param text its message
   */
  public record Refusal(
      long attempt, String exception, Errno errno, Recovery recovery, String text) {}

  /**
   * A part of the update.
   *
   * @param startNanos on the clock of {@link System#nanoTime}
   */
  public record Phase(String name, long startNanos, long durationNanos) {

    /** Returns when it ended, on the clock of {@link System#nanoTime}. */
    public long endNanos() {
      return startNanos + durationNanos;
    }
  }

  /** What became of a file. May gain constants. */
  public enum Fate {
    /** Kept, as the same kernel object. */
    LIVE,
    /** Kept, as a new kernel object with everything that its handler promises. */
    REBUILT,
    /** Kept, and something is missing that its handler usually keeps; the note says what. */
    DEGRADED,
    /** Optional, and lost: its handler refused, or there was none; the note says why. */
    DROPPED,
    /** Its retrieve failed and can be tried again; the note says why. */
    FAILED,
    /** Never retrieved, and given up by {@link IncomingSession#discard}. */
    DISCARDED,
    /** Handed over, and not asked for yet. */
    WAITING;

    /** Returns the fate of a file that was retrieved. */
    public static Fate of(Fidelity fidelity) {
      return switch (fidelity) {
        case LIVE -> LIVE;
        case REBUILT -> REBUILT;
        case DEGRADED -> DEGRADED;
      };
    }
  }

  /**
   * What became of one file.
   *
   * @param note what is different, or why it is gone, for people; empty if there is nothing to say
   */
  public record FileOutcome(
      String session, Token token, Compatible compatible, Fate fate, String note) {}

  /**
   * How long one operation of one handler, or of state that handlers share, took.
   *
   * @param operation such as {@code freeze}
   * @param calls how often it was called
   * @param totalNanos in all these calls
   * @param slowest the longest of them
   */
  public record HandlerTime(
      Compatible compatible, String operation, long calls, long totalNanos, Slowest slowest) {}

  /**
   * The longest of several calls, and for which file it was.
   *
   * @param session empty if it was for shared state
   */
  public record Slowest(String session, Token token, long nanos) {}

  /** What a handler had to say of one file. */
  public record Remark(String session, Token token, Compatible compatible, String text) {}

  /** Returns the way that was taken, or tried. */
  public Crossing via() {
    return course.via();
  }

  /** Returns how many updates led to the successor. */
  public long generation() {
    return course.generation();
  }

  /** Returns why the update was refused; empty if it was not. */
  public Optional<Refusal> refusal() {
    return course.refusal();
  }

  /** Returns how many files had that fate. */
  public long count(Fate fate) {
    return counts.getOrDefault(fate, 0L);
  }

  /** Returns a phase by its name. */
  public Optional<Phase> phase(String name) {
    return phases.stream().filter(phase -> phase.name().equals(name)).findFirst();
  }

  /**
   * Returns how long the workload stood still: from the moment it was at rest in the predecessor
   * until {@link LiveUpdate#resumed()} in the successor. Empty before that call, and if the update
   * was refused.
   */
  public Optional<Duration> blackout() {
    return phase(PAUSE)
        .flatMap(pause ->
            phase(RESTORE).map(restore -> Duration.ofNanos(restore.endNanos() - pause.endNanos())));
  }

  /**
   * Returns everything as one JSON object. Times are in nanoseconds, tokens are text in
   * hexadecimal; names are those of this class, and may become more.
   */
  public String toJson() {
    return ReportJson.of(this);
  }

  /** Says it to people, on some lines. */
  @Override
  public String toString() {
    return ReportText.of(this);
  }
}
