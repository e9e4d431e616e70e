// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.inspect;

import dev.luo.core.UpdateReport;
import dev.luo.core.internal.image.FileEntry;
import dev.luo.core.internal.image.ImageSurvey;
import dev.luo.core.internal.image.SessionEntry;
import dev.luo.linux.Fd;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What stands in an image, and what is wrong with it.
 *
 * <p>An image is made from whatever is there: nothing is thrown for what the bytes are, nor if they
 * cannot be read. Behind something that is wrong the inspection goes on as far as it safely can, so
 * one wrong byte may be found more than once, by what it is and by what it leads to. Memory and
 * time are limited by the size of the image. What a running program publishes meanwhile may be seen
 * half; inspect again.
 *
 * <p>There is a finding of {@link Severity#ERROR} if and only if a successor would refuse the
 * image, and then its message begins with the first of them. Immutable and thread-safe.
 */
public final class ImageInspection {

  private final ImageSurvey survey;
  private final Optional<UpdateReport> report;
  private final List<Finding> findings;

  private ImageInspection(CarefulBytes bytes) {
    this.survey = ImageSurvey.of(bytes);
    this.report = Departure.find(survey, bytes);
    List<Finding> all = new ArrayList<>();
    bytes.failure().ifPresent(all::add);
    for (ImageSurvey.Finding finding : survey.findings()) {
      all.add(
          new Finding(
              finding.error() ? Severity.ERROR : Severity.WARNING,
              finding.offset(),
              finding.where(),
              finding.field(),
              finding.what()));
    }
    this.findings = List.copyOf(all);
  }

  private ImageInspection(String why) {
    this.survey = ImageSurvey.of(CarefulBytes.of(MemorySegment.ofArray(new byte[0])));
    this.report = Optional.empty();
    this.findings = List.of(new Finding(Severity.ERROR, 0, "file", "bytes", why));
  }

  /**
   * Inspects memory.
   *
   * @param memory handover memory from its beginning; read during the call only, so it may be a
   *     mapping of a file that somebody cuts
   */
  public static ImageInspection of(MemorySegment memory) {
    return new ImageInspection(CarefulBytes.of(memory));
  }

  /**
   * Inspects the file of a descriptor, such as the memfd of an image.
   *
   * @param file stays open; its position is neither used nor moved
   */
  public static ImageInspection of(Fd file) {
    try (Arena arena = Arena.ofConfined()) {
      return new ImageInspection(CarefulBytes.of(file, arena));
    } catch (IOException | RuntimeException e) {
      return new ImageInspection("cannot be read: " + e.getMessage());
    }
  }

  /**
   * Inspects a file, such as a copy of an image, or the memfd of one under {@code /proc/…/fd}.
   *
   * @param file what is not a regular file is not opened
   */
  public static ImageInspection of(Path file) {
    if (!Files.isRegularFile(file)) {
      return new ImageInspection(file + " is not a regular file, or is not there");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return new ImageInspection(CarefulBytes.of(channel));
    } catch (IOException | RuntimeException e) {
      return new ImageInspection("cannot be read: " + e.getMessage());
    }
  }

  /** Tells whether a successor would accept the image, apart from the records of single files. */
  public boolean isAccepted() {
    return findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR);
  }

  /**
   * Returns what is wrong or odd, in the order in which a reader comes to it. Of a thousand and
   * more only the first thousand are there, and a warning that says so.
   */
  public List<Finding> findings() {
    return findings;
  }

  /** Returns the sessions, in the order of their creation, as far as they were found. */
  public List<InspectedSession> sessions() {
    return survey.sessions().stream().map(ImageInspection::session).toList();
  }

  private static InspectedSession session(SessionEntry session) {
    return new InspectedSession(
        session.name(), session.files().stream().map(ImageInspection::file).toList());
  }

  private static InspectedFile file(FileEntry file) {
    return new InspectedFile(
        file.token(), file.compatible(), file.handle(), file.frozen(), file.importance());
  }

  /** Returns everything as one JSON object on one line, for programs. */
  public String toJson() {
    return InspectionJson.of(this, survey, report);
  }

  /** Returns a page for people; long lists are cut short. */
  @Override
  public String toString() {
    return InspectionPage.of(this, survey, report);
  }
}
