// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.spi.Compatible;
import dev.luo.spi.Crossing;
import dev.luo.spi.Fidelity;
import dev.luo.spi.Token;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an update did and how long each part of it took, from both processes. Immutable.
 *
 * @param via the way that was taken
 * @param generation how many updates led here
 * @param phases in the order of their beginning; on one clock, {@code CLOCK_MONOTONIC}, for both
 *     processes
 * @param files those retrieved so far
 * @param remarks of handlers in both processes, oldest first
 */
public record UpdateReport(
    Crossing via,
    long generation,
    List<Phase> phases,
    List<FileOutcome> files,
    List<Remark> remarks) {

  /** The phase at whose end the workload of the predecessor stands still. */
  public static final String PAUSE = "pause";

  /** The phase at whose end the workload of the successor runs. */
  public static final String RESTORE = "restore";

  /** Copies the lists. */
  public UpdateReport {
    phases = List.copyOf(phases);
    files = List.copyOf(files);
    remarks = List.copyOf(remarks);
  }

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

  /**
   * What became of one file.
   *
   * @param note what is different, for people
   */
  public record FileOutcome(
      String session, Token token, Compatible compatible, Fidelity fidelity, String note) {}

  /** What a handler had to say of one file. */
  public record Remark(String session, Token token, Compatible compatible, String text) {}

  /** Returns a phase by its name. */
  public Optional<Phase> phase(String name) {
    return phases.stream().filter(phase -> phase.name().equals(name)).findFirst();
  }

  /**
   * Returns how long the workload stood still: from the moment it was at rest in the predecessor
   * until {@link LiveUpdate#resumed()} in the successor. Empty before that call.
   */
  public Optional<Duration> blackout() {
    return phase(PAUSE)
        .flatMap(pause ->
            phase(RESTORE).map(restore -> Duration.ofNanos(restore.endNanos() - pause.endNanos())));
  }
}
