// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.core.UpdateReport.Fate;
import dev.luo.core.UpdateReport.FileOutcome;
import dev.luo.core.UpdateReport.HandlerTime;
import dev.luo.core.UpdateReport.Phase;
import dev.luo.core.UpdateReport.Refusal;
import dev.luo.core.UpdateReport.Remark;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/** A report for people. */
final class ReportText {

  /** So many files, handlers or remarks are shown; the rest is counted. */
  private static final int LINES = 20;

  private static final Collector<CharSequence, ?, String> COMMAS = Collectors.joining(", ");

  private final StringBuilder text = new StringBuilder();

  private ReportText() {}

  static String of(UpdateReport report) {
    ReportText text = new ReportText();
    text.headline(report);
    text.details(report);
    for (UpdateReport earlier : report.earlier()) {
      text.text.append("before that: ");
      text.headline(earlier);
    }
    return text.text.toString().stripTrailing();
  }

  private void headline(UpdateReport report) {
    line(
        "update to generation %d by %s, attempt %d, %s"
            .formatted(
                report.generation(), report.via(), report.course().attempt(), result(report)));
  }

  private static String result(UpdateReport report) {
    if (report.refusal().isPresent()) {
      return "refused";
    }
    return report.blackout().map(time -> "blackout " + time(time.toNanos())).orElse("arrived");
  }

  private void details(UpdateReport report) {
    for (Refusal refusal : report.course().refusals()) {
      line(refusal(refusal));
    }
    if (!report.phases().isEmpty()) {
      line("  phases     " + report.phases().stream().map(ReportText::phase).collect(COMMAS));
    }
    if (!report.counts().isEmpty()) {
      line(
          "  files      "
              + report.counts().entrySet().stream().map(ReportText::count).collect(COMMAS));
    }
    lines(report.files().stream().filter(ReportText::isWorthALine).map(ReportText::file).toList());
    lines(report.handlers().stream().map(ReportText::handler).toList());
    lines(report.remarks().stream().map(ReportText::remark).toList());
  }

  private static String refusal(Refusal refusal) {
    return "  refused    attempt %d: %s [%s, %s]: %s"
        .formatted(
            refusal.attempt(),
            refusal.exception(),
            refusal.errno().name(),
            refusal.recovery(),
            refusal.text());
  }

  private static String phase(Phase phase) {
    return phase.name() + " " + time(phase.durationNanos());
  }

  private static String count(Map.Entry<Fate, Long> count) {
    return count.getValue() + " " + count.getKey();
  }

  private static boolean isWorthALine(FileOutcome file) {
    boolean whole = file.fate() == Fate.LIVE || file.fate() == Fate.REBUILT;
    return !whole || !file.note().isEmpty();
  }

  private static String file(FileOutcome file) {
    return "  file       %s of \"%s\", %s: %s%s"
        .formatted(
            file.token(),
            file.session(),
            file.compatible(),
            file.fate(),
            file.note().isEmpty() ? "" : ", " + file.note());
  }

  private static String handler(HandlerTime handler) {
    return "  handler    %s %s: %d calls, %s, the slowest %s%s"
        .formatted(
            handler.compatible(),
            handler.operation(),
            handler.calls(),
            time(handler.totalNanos()),
            time(handler.slowest().nanos()),
            handler.slowest().session().isEmpty()
                ? ""
                : " for %s of \"%s\""
                    .formatted(handler.slowest().token(), handler.slowest().session()));
  }

  private static String remark(Remark remark) {
    return "  remark     %s of \"%s\", %s: %s"
        .formatted(remark.token(), remark.session(), remark.compatible(), remark.text());
  }

  private void lines(List<String> lines) {
    lines.stream().limit(LINES).forEach(this::line);
    if (lines.size() > LINES) {
      line("             and " + (lines.size() - LINES) + " more of these");
    }
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private static String time(long nanos) {
    return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
  }
}
