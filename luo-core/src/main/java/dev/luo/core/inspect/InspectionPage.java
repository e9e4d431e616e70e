// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.inspect;

import static dev.luo.core.inspect.InspectionJson.hex;

import dev.luo.core.Importance;
import dev.luo.core.UpdateReport;
import dev.luo.core.internal.image.ImageSurvey;
import dev.luo.core.internal.image.ImageSurvey.PageZero;
import dev.luo.core.internal.image.ImageSurvey.Root;
import dev.luo.core.internal.image.SessionEntry;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An inspection for people: one line a thing, and what is wrong first. */
final class InspectionPage {

  /** How much of a list is shown. */
  private static final int SHOWN = 20;

  private final StringBuilder text = new StringBuilder();

  private InspectionPage() {}

  static String of(ImageInspection inspection, ImageSurvey survey, Optional<UpdateReport> report) {
    InspectionPage page = new InspectionPage();
    page.line(
        "image of %d bytes: %s",
        survey.byteSize(),
        inspection.isAccepted() ? "a successor accepts it" : "a successor refuses it");
    page.list(inspection.findings(), finding -> page.line("  %s", finding));
    page.pageZero(survey.pageZero());
    survey.roots().forEach(page::root);
    page.list(
        survey.sections(),
        section ->
            page.line(
                "%-12s version %d, %d bytes at %s%s",
                section.name(),
                section.version(),
                section.byteSize(),
                hex(section.offset()),
                section.mandatory() ? "" : ", optional"));
    page.list(survey.sessions(), page::session);
    page.list(
        survey.flbs(),
        flb ->
            page.line(
                "FLB          %s, handle %s, %s references",
                flb.compatible(), hex(flb.handle().value()), Long.toUnsignedString(flb.count())));
    page.list(
        survey.slots(),
        slot ->
            page.line(
                "slot         %d of %s: descriptor %d, %s",
                slot.slot().number(), slot.owner(), slot.descriptor(), slot.kind()));
    page.list(
        survey.extents(),
        extent ->
            page.line(
                "allocation   %s of %s: %d bytes, %s",
                hex(extent.handle().value()),
                extent.owner(),
                extent.byteSize(),
                extent.integrity()));
    page.list(
        survey.timeline(),
        phase -> page.line("phase        %s: %s", phase.name(), millis(phase.durationNanos())));
    report.ifPresent(departure ->
        departure.toString().lines().forEach(line -> page.line("reported     %s", line)));
    return page.text.toString();
  }

  private void pageZero(@Nullable PageZero page) {
    if (page == null) {
      return;
    }
    line(
        "page 0       layout %d, pages of %d, memory of %s, generation %s, nonce %s, boot %s",
        page.layout(),
        page.pageSize(),
        Long.toUnsignedString(page.memorySize()),
        Long.toUnsignedString(page.generation()),
        hex(page.nonce()),
        page.bootId());
    line(
        "             %s; %s",
        page.publishWord() == 0
            ? "nothing is published"
            : "published is epoch " + page.epoch() + " by root " + "AB".charAt(rootOf(page)),
        page.claimant() == 0
            ? "nobody has opened it"
            : "process " + page.claimant() + " opened it");
  }

  private static int rootOf(PageZero page) {
    return (int) page.publishWord() & 1;
  }

  private void root(Root root) {
    if (root.publication() == 0 && !root.used()) {
      line("%-12s never written", root.name());
      return;
    }
    line(
        "%-12s %s%s, epoch %d, generation %s, origin %s, directory of %d at %s%s",
        root.name(),
        root.whole() ? "" : "damaged, ",
        root.compatible(),
        root.epoch(),
        Long.toUnsignedString(root.generation()),
        root.origin(),
        root.extensions(),
        hex(root.directory()),
        root.used() ? "; leads to what follows" : "");
  }

  private void session(SessionEntry session) {
    line("session      \"%s\", %d files", session.name(), session.files().size());
    list(
        session.files(),
        file ->
            line(
                "  token %-18s %s, handle %s%s%s",
                hex(file.token().value()),
                file.compatible(),
                hex(file.handle().value()),
                file.frozen() ? "" : ", not frozen",
                file.importance() == Importance.OPTIONAL ? ", optional" : ""));
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.3f ms", nanos / 1e6);
  }

  private <T> void list(List<T> things, Consumer<T> show) {
    things.stream().limit(SHOWN).forEach(show);
    if (things.size() > SHOWN) {
      line("  … and %d more", things.size() - SHOWN);
    }
  }

  // The annotation that is asked for would be a dependency of what is published.
  @SuppressWarnings("AnnotateFormatMethod")
  private void line(String format, Object... values) {
    String line = String.format(Locale.ROOT, format, values).stripTrailing();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      // A name may hold anything, and what is printed may reach a terminal.
      if (Character.isISOControl(c)) {
        text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        text.append(c);
      }
    }
    text.append('\n');
  }
}
