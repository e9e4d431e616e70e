// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.inspect;

import dev.luo.core.Importance;
import dev.luo.core.UpdateReport;
import dev.luo.core.internal.image.ExtentEntry;
import dev.luo.core.internal.image.FileEntry;
import dev.luo.core.internal.image.FlbEntry;
import dev.luo.core.internal.image.ImageSurvey;
import dev.luo.core.internal.image.ImageSurvey.PageZero;
import dev.luo.core.internal.image.ImageSurvey.Root;
import dev.luo.core.internal.image.ImageSurvey.Section;
import dev.luo.core.internal.image.PhaseEntry;
import dev.luo.core.internal.image.SessionEntry;
import dev.luo.core.internal.image.SlotEntry;
import dev.luo.core.internal.json.JsonWriter;
import java.util.Optional;

/** An inspection for programs. What has 64 bits is text, in hexadecimal. */
final class InspectionJson {

  private InspectionJson() {}

  static String of(ImageInspection inspection, ImageSurvey survey, Optional<UpdateReport> report) {
    return JsonWriter.object(object -> {
      object.member("accepted", inspection.isAccepted()).member("byteSize", survey.byteSize());
      PageZero page = survey.pageZero();
      if (page != null) {
        object.member("pageZero", zero -> pageZero(zero, page));
      }
      object
          .objects("roots", survey.roots(), InspectionJson::root)
          .objects("directory", survey.sections(), InspectionJson::section)
          .objects("sessions", survey.sessions(), InspectionJson::session)
          .objects("flbs", survey.flbs(), InspectionJson::flb)
          .objects("slots", survey.slots(), InspectionJson::slot)
          .objects("extents", survey.extents(), InspectionJson::extent)
          .objects("timeline", survey.timeline(), InspectionJson::phase);
      report.ifPresent(departure -> object.json("report", departure.toJson()));
      object.objects("findings", inspection.findings(), InspectionJson::finding);
    });
  }

  static String hex(long value) {
    return "0x" + Long.toHexString(value);
  }

  private static void pageZero(JsonWriter object, PageZero page) {
    object
        .member("layout", page.layout())
        .member("pageSize", page.pageSize())
        .member("memorySize", hex(page.memorySize()))
        .member("nonce", hex(page.nonce()))
        .member("generation", Long.toUnsignedString(page.generation()))
        .member("bootId", page.bootId().toString())
        .member("publishWord", hex(page.publishWord()))
        .member("claimWord", hex(page.claimWord()));
  }

  private static void root(JsonWriter object, Root root) {
    object
        .member("name", root.name())
        .member("used", root.used())
        .member("whole", root.whole())
        .member("compatible", root.compatible())
        .member("publication", hex(root.publication()))
        .member("generation", Long.toUnsignedString(root.generation()))
        .member("entry", hex(root.entry()))
        .member("flbs", hex(root.flbs()))
        .member("directory", hex(root.directory()))
        .member("extensions", root.extensions())
        .member("origin", root.origin().name())
        .member("monotonicNanos", Long.toString(root.stamp().monotonicNanos()))
        .member("realtimeNanos", Long.toString(root.stamp().realtimeNanos()));
  }

  private static void section(JsonWriter object, Section section) {
    object
        .member("name", section.name())
        .member("version", section.version())
        .member("mandatory", section.mandatory())
        .member("offset", hex(section.offset()))
        .member("byteSize", section.byteSize())
        .member("checksum", Integer.toHexString(section.checksum()));
  }

  private static void session(JsonWriter object, SessionEntry session) {
    object.member("name", session.name()).objects("files", session.files(), InspectionJson::file);
  }

  private static void file(JsonWriter object, FileEntry file) {
    object
        .member("token", hex(file.token().value()))
        .member("compatible", file.compatible().value())
        .member("handle", hex(file.handle().value()))
        .member("frozen", file.frozen())
        .member("optional", file.importance() == Importance.OPTIONAL);
  }

  private static void flb(JsonWriter object, FlbEntry flb) {
    object
        .member("compatible", flb.compatible().value())
        .member("handle", hex(flb.handle().value()))
        .member("count", Long.toUnsignedString(flb.count()));
  }

  private static void slot(JsonWriter object, SlotEntry slot) {
    object
        .member("slot", slot.slot().number())
        .member("owner", slot.owner().toString())
        .member("descriptor", slot.descriptor())
        .member("kind", slot.kind().name())
        .member("device", hex(slot.identity().device()))
        .member("inode", hex(slot.identity().inode()));
  }

  private static void extent(JsonWriter object, ExtentEntry extent) {
    object
        .member("handle", hex(extent.handle().value()))
        .member("byteSize", extent.byteSize())
        .member("integrity", extent.integrity().name())
        .member("owner", extent.owner().toString());
  }

  private static void phase(JsonWriter object, PhaseEntry phase) {
    object
        .member("name", phase.name())
        .member("startNanos", Long.toString(phase.startNanos()))
        .member("durationNanos", Long.toString(phase.durationNanos()));
  }

  private static void finding(JsonWriter object, Finding finding) {
    object
        .member("severity", finding.severity().name())
        .member("offset", hex(finding.offset()))
        .member("structure", finding.structure())
        .member("field", finding.field())
        .member("what", finding.what());
  }
}
