// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.core.UpdateReport.FileOutcome;
import dev.luo.core.UpdateReport.HandlerTime;
import dev.luo.core.UpdateReport.Phase;
import dev.luo.core.UpdateReport.Refusal;
import dev.luo.core.UpdateReport.Remark;
import dev.luo.core.internal.json.JsonWriter;

/** A report for programs. */
final class ReportJson {

  private ReportJson() {}

  static String of(UpdateReport report) {
    return JsonWriter.object(json -> members(json, report));
  }

  private static void members(JsonWriter json, UpdateReport report) {
    json.member("via", report.via().name())
        .member("generation", report.generation())
        .member("attempt", report.course().attempt())
        .member("refused", report.refusal().isPresent())
        .objects("refusals", report.course().refusals(), ReportJson::refusal);
    report.blackout().ifPresent(blackout -> json.member("blackoutNanos", blackout.toNanos()));
    json.objects("phases", report.phases(), ReportJson::phase)
        .member(
            "counts",
            counts -> report.counts().forEach((fate, count) -> counts.member(fate.name(), count)))
        .objects("files", report.files(), ReportJson::file)
        .objects("handlers", report.handlers(), ReportJson::handler)
        .objects("remarks", report.remarks(), ReportJson::remark)
        .objects("earlier", report.earlier(), ReportJson::members);
  }

  private static void refusal(JsonWriter json, Refusal refusal) {
    json.member("attempt", refusal.attempt())
        .member("exception", refusal.exception())
        .member("errno", refusal.errno().name())
        .member("recovery", refusal.recovery().name())
        .member("text", refusal.text());
  }

  private static void phase(JsonWriter json, Phase phase) {
    json.member("name", phase.name())
        .member("startNanos", phase.startNanos())
        .member("durationNanos", phase.durationNanos());
  }

  private static void file(JsonWriter json, FileOutcome file) {
    json.member("session", file.session())
        .member("token", file.token().toString())
        .member("compatible", file.compatible().value())
        .member("fate", file.fate().name())
        .member("note", file.note());
  }

  private static void handler(JsonWriter json, HandlerTime handler) {
    json.member("compatible", handler.compatible().value())
        .member("operation", handler.operation())
        .member("calls", handler.calls())
        .member("totalNanos", handler.totalNanos())
        .member(
            "slowest",
            slowest ->
                slowest
                    .member("session", handler.slowest().session())
                    .member("token", handler.slowest().token().toString())
                    .member("nanos", handler.slowest().nanos()));
  }

  private static void remark(JsonWriter json, Remark remark) {
    json.member("session", remark.session())
        .member("token", remark.token().toString())
        .member("compatible", remark.compatible().value())
        .member("text", remark.text());
  }
}
