// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.report;

import dev.luo.core.UpdateReport;
import dev.luo.core.UpdateReport.FileOutcome;
import dev.luo.core.UpdateReport.Phase;
import dev.luo.core.UpdateReport.Remark;
import dev.luo.spi.Crossing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The report as the successor completes it. Thread-safe. */
public final class ArrivalReport {

  private final Crossing via;
  private final long generation;
  private final Supplier<Optional<ReportBlock>> source;
  private @Nullable ReportBlock departure;
  private final long openedAt;
  private final List<FileOutcome> files = new ArrayList<>();
  private long readyAt;
  private long resumedAt;
  private boolean resumed;

  /**
   * Begins it.
   *
   * @param source reads what the predecessor reported
   * @param openedAt when the opening of luo began
   */
  public ArrivalReport(
      Crossing via, long generation, Supplier<Optional<ReportBlock>> source, long openedAt) {
    this.via = via;
    this.generation = generation;
    this.source = source;
    this.openedAt = openedAt;
    this.readyAt = openedAt;
  }

  /** Takes note that luo is open. */
  public synchronized void ready() {
    readyAt = System.nanoTime();
  }

  /** Takes note of a file that was retrieved. */
  public synchronized void add(FileOutcome file) {
    files.add(file);
  }

  /** Takes note that the workload runs. */
  public synchronized void resumed() {
    resumedAt = System.nanoTime();
    resumed = true;
  }

  /** Reads what the predecessor reported, once; at the latest before its memory is given up. */
  public synchronized ReportBlock departure() {
    if (departure == null) {
      departure = source.get().orElseGet(() -> new ReportBlock(List.of(), List.of()));
    }
    return departure;
  }

  /** Returns the report as it stands now. */
  public synchronized UpdateReport report(List<Remark> remarksHere) {
    ReportBlock before = departure();
    List<Phase> phases = new ArrayList<>(before.phases());
    phases.stream()
        .max(Comparator.comparingLong(Phase::endNanos))
        .ifPresent(
            last -> phases.add(new Phase("exec", last.endNanos(), openedAt - last.endNanos())));
    phases.add(new Phase("open", openedAt, readyAt - openedAt));
    if (resumed) {
      phases.add(new Phase(UpdateReport.RESTORE, readyAt, resumedAt - readyAt));
    }
    phases.sort(Comparator.comparingLong(Phase::startNanos));
    List<Remark> remarks = new ArrayList<>(before.remarks());
    remarks.addAll(remarksHere);
    return new UpdateReport(via, generation, phases, files, remarks);
  }
}
