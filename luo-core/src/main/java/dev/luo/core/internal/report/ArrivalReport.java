// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.report;

import dev.luo.core.UpdateReport;
import dev.luo.core.UpdateReport.Course;
import dev.luo.core.UpdateReport.FileOutcome;
import dev.luo.core.UpdateReport.HandlerTime;
import dev.luo.core.UpdateReport.Phase;
import dev.luo.core.UpdateReport.Remark;
import dev.luo.spi.Crossing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The report as the successor completes it. Thread-safe. */
public final class ArrivalReport {

  private final Crossing via;
  private final long generation;
  private final Supplier<ReportBlock> source;
  private final HandlerTimes times;
  private final FileOutcomes files;
  private final long openedAt;
  private @Nullable ReportBlock block;
  private long readyAt;
  private long resumedAt;
  private boolean resumed;

  /**
   * Begins it.
   *
   * @param files how many were handed over
   * @param source reads what the predecessor reported
   * @param openedAt when the opening of luo began
   */
  public ArrivalReport(
      Crossing via,
      long generation,
      long files,
      Supplier<ReportBlock> source,
      HandlerTimes times,
      long openedAt) {
    this.via = via;
    this.generation = generation;
    this.source = source;
    this.times = times;
    this.files = new FileOutcomes(files);
    this.openedAt = openedAt;
    this.readyAt = openedAt;
  }

  /** Takes note that luo is open. */
  public synchronized void ready() {
    readyAt = System.nanoTime();
  }

  /** Takes note of what has become of a file, in the place of what was said of it before. */
  public synchronized void set(FileOutcome file) {
    files.set(file);
  }

  /** Takes note that the workload runs. */
  public synchronized void resumed() {
    resumedAt = System.nanoTime();
    resumed = true;
  }

  /** Reads what the predecessor reported, once; at the latest before its memory is given up. */
  public synchronized ReportBlock block() {
    if (block == null) {
      block = source.get();
    }
    return block;
  }

  /** Returns the report as it stands now. */
  public synchronized UpdateReport report(List<Remark> remarksHere) {
    ReportBlock handed = block();
    UpdateReport before = handed.departure().orElseGet(this::nothingKnown);
    List<Remark> remarks = new ArrayList<>(before.remarks());
    remarks.addAll(remarksHere);
    List<HandlerTime> handlers = new ArrayList<>(before.handlers());
    handlers.addAll(times.all());
    return new UpdateReport(
        new Course(via, generation, before.course().attempt(), before.course().refusals()),
        phases(before.phases()),
        files.counts(before.counts()),
        files.listed(before.files()),
        handlers,
        remarks,
        handed.earlier());
  }

  private UpdateReport nothingKnown() {
    Course course = new Course(via, generation, 1, List.of());
    return new UpdateReport(
        course, List.of(), Map.of(), List.of(), List.of(), List.of(), List.of());
  }

  private List<Phase> phases(List<Phase> before) {
    List<Phase> phases = new ArrayList<>(before);
    phases.stream()
        .max(Comparator.comparingLong(Phase::endNanos))
        .ifPresent(
            last -> phases.add(new Phase("exec", last.endNanos(), openedAt - last.endNanos())));
    phases.addAll(phasesHere());
    phases.sort(Comparator.comparingLong(Phase::startNanos));
    return phases;
  }

  /** Returns the phases of this process, as far as they are over. */
  public synchronized List<Phase> phasesHere() {
    Phase open = new Phase("open", openedAt, readyAt - openedAt);
    return resumed
        ? List.of(open, new Phase(UpdateReport.RESTORE, readyAt, resumedAt - readyAt))
        : List.of(open);
  }

  /** Returns what a successor of this process is to read of the updates up to this one. */
  public List<UpdateReport> history(List<Remark> remarksHere) {
    UpdateReport last = report(remarksHere);
    List<UpdateReport> history = new ArrayList<>(last.earlier().size() + 1);
    history.add(last);
    history.addAll(last.earlier());
    return history;
  }
}
