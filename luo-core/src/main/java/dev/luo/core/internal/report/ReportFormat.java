// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.report;

import dev.luo.core.UpdateReport;
import dev.luo.core.UpdateReport.Course;
import dev.luo.core.UpdateReport.Fate;
import dev.luo.core.UpdateReport.FileOutcome;
import dev.luo.core.UpdateReport.HandlerTime;
import dev.luo.core.UpdateReport.Phase;
import dev.luo.core.UpdateReport.Refusal;
import dev.luo.core.UpdateReport.Remark;
import dev.luo.core.UpdateReport.Slowest;
import dev.luo.linux.Errno;
import dev.luo.spi.Compatible;
import dev.luo.spi.Crossing;
import dev.luo.spi.Recovery;
import dev.luo.spi.Token;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One report as bytes, without the earlier ones. Big-endian numbers, text as {@link
 * DataOutputStream#writeUTF} writes it; each list is its length and its elements. {@code
 * docs/image.md} has the fields.
 */
final class ReportFormat {

  /** Text of people's is cut at so many characters, of which each has at most three bytes. */
  private static final int MAX_TEXT = 1000;

  /** More entries of one list than this are of no use to anybody who reads them. */
  private static final int MAX_ENTRIES = 512;

  /** The numbers of the format for constants; never changed, only added to. */
  private static final Fate[] FATES = {
    Fate.LIVE, Fate.REBUILT, Fate.DEGRADED, Fate.DROPPED, Fate.FAILED, Fate.DISCARDED, Fate.WAITING
  };

  private static final Recovery[] RECOVERIES = {
    Recovery.FIX_ARGUMENTS,
    Recovery.RETRY_LATER,
    Recovery.ABORT_UPDATE,
    Recovery.PROVIDE_MISSING,
    Recovery.START_COLD,
    Recovery.RESTART_HOST
  };

  private static final Crossing[] CROSSINGS = {
    Crossing.EXEC, Crossing.SUCCESSOR, Crossing.STORE, Crossing.KERNEL
  };

  private ReportFormat() {}

  /**
   * Writes a report in no more than so many bytes: phases and numbers always, and of each list as
   * many entries as there is room for; of files and handlers the first, of refusals and remarks the
   * newest. Empty if not even that has room.
   */
  static Optional<byte[]> encode(UpdateReport report, int room) {
    for (int entries = MAX_ENTRIES; ; entries /= 2) {
      byte[] bytes = new Encoder(entries).encode(report);
      if (bytes.length <= room) {
        return Optional.of(bytes);
      }
      if (entries == 0) {
        return Optional.empty();
      }
    }
  }

  /** Reads a report; empty if the bytes are not exactly one. */
  static Optional<UpdateReport> decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      UpdateReport report = new Decoder(in).decode();
      return in.available() == 0 ? Optional.of(report) : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static <E extends Enum<E>> int code(E[] constants, E constant) {
    for (int i = 0; i < constants.length; i++) {
      if (constants[i] == constant) {
        return i + 1;
      }
    }
    throw new IllegalArgumentException("the report's format has no number for " + constant);
  }

  private static <E extends Enum<E>> E constant(E[] constants, int code) {
    if (code < 1 || code > constants.length) {
      throw new IllegalArgumentException("no constant has the number " + code);
    }
    return constants[code - 1];
  }

  /** Something that is written in a list. */
  @FunctionalInterface
  private interface Writer<T> {
    void write(T element) throws IOException;
  }

  /** Something that is read from a list. */
  @FunctionalInterface
  private interface Reader<T> {
    T read() throws IOException;
  }

  private static final class Encoder {
    private final int entries;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    Encoder(int entries) {
      this.entries = entries;
    }

    byte[] encode(UpdateReport report) {
      try {
        course(report.course());
        list(first(report.phases(), MAX_ENTRIES), this::phase);
        list(List.copyOf(report.counts().entrySet()), this::count);
        list(first(report.files(), entries), this::file);
        list(first(report.handlers(), entries), this::handler);
        list(newest(report.remarks(), entries), this::remark);
      } catch (IOException e) {
        throw new UncheckedIOException("memory cannot fail", e);
      }
      return bytes.toByteArray();
    }

    private static <T> List<T> first(List<T> all, int most) {
      return all.subList(0, Math.min(most, all.size()));
    }

    private static <T> List<T> newest(List<T> all, int most) {
      return all.subList(Math.max(0, all.size() - most), all.size());
    }

    private <T> void list(List<T> elements, Writer<T> writer) throws IOException {
      out.writeInt(elements.size());
      for (T element : elements) {
        writer.write(element);
      }
    }

    private void course(Course course) throws IOException {
      out.writeByte(code(CROSSINGS, course.via()));
      out.writeLong(course.generation());
      out.writeLong(course.attempt());
      list(newest(course.refusals(), entries), this::refusal);
    }

    private void refusal(Refusal refusal) throws IOException {
      out.writeLong(refusal.attempt());
      text(refusal.exception());
      out.writeInt(refusal.errno().number());
      out.writeByte(code(RECOVERIES, refusal.recovery()));
      text(refusal.text());
    }

    private void phase(Phase phase) throws IOException {
      text(phase.name());
      out.writeLong(phase.startNanos());
      out.writeLong(phase.durationNanos());
    }

    private void count(Map.Entry<Fate, Long> count) throws IOException {
      out.writeByte(code(FATES, count.getKey()));
      out.writeLong(count.getValue());
    }

    private void file(FileOutcome file) throws IOException {
      text(file.session());
      out.writeLong(file.token().value());
      text(file.compatible().value());
      out.writeByte(code(FATES, file.fate()));
      text(file.note());
    }

    private void handler(HandlerTime handler) throws IOException {
      text(handler.compatible().value());
      text(handler.operation());
      out.writeLong(handler.calls());
      out.writeLong(handler.totalNanos());
      text(handler.slowest().session());
      out.writeLong(handler.slowest().token().value());
      out.writeLong(handler.slowest().nanos());
    }

    private void remark(Remark remark) throws IOException {
      text(remark.session());
      out.writeLong(remark.token().value());
      text(remark.compatible().value());
      text(remark.text());
    }

    private void text(String text) throws IOException {
      out.writeUTF(text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…");
    }
  }

  private static final class Decoder {
    private final DataInputStream in;

    Decoder(DataInputStream in) {
      this.in = in;
    }

    UpdateReport decode() throws IOException {
      return new UpdateReport(
          course(),
          list(this::phase),
          counts(),
          list(this::file),
          list(this::handler),
          list(this::remark),
          List.of());
    }

    /** Grows as elements come: the number in front of them is not believed. */
    private <T> List<T> list(Reader<T> reader) throws IOException {
      List<T> elements = new ArrayList<>();
      int size = in.readInt();
      if (size < 0) {
        throw new IllegalArgumentException("a list of " + size);
      }
      for (int left = size; left > 0; left--) {
        elements.add(reader.read());
      }
      return elements;
    }

    private Course course() throws IOException {
      return new Course(
          constant(CROSSINGS, in.readByte()), in.readLong(), in.readLong(), list(this::refusal));
    }

    private Refusal refusal() throws IOException {
      return new Refusal(
          in.readLong(),
          in.readUTF(),
          new Errno(in.readInt()),
          constant(RECOVERIES, in.readByte()),
          in.readUTF());
    }

    private Phase phase() throws IOException {
      return new Phase(in.readUTF(), in.readLong(), in.readLong());
    }

    private Map<Fate, Long> counts() throws IOException {
      EnumMap<Fate, Long> counts = new EnumMap<>(Fate.class);
      for (Map.Entry<Fate, Long> count : list(this::count)) {
        counts.put(count.getKey(), count.getValue());
      }
      return counts;
    }

    private Map.Entry<Fate, Long> count() throws IOException {
      return Map.entry(constant(FATES, in.readByte()), in.readLong());
    }

    private FileOutcome file() throws IOException {
      return new FileOutcome(
          in.readUTF(), token(), compatible(), constant(FATES, in.readByte()), in.readUTF());
    }

    private HandlerTime handler() throws IOException {
      return new HandlerTime(
          compatible(),
          in.readUTF(),
          in.readLong(),
          in.readLong(),
          new Slowest(in.readUTF(), token(), in.readLong()));
    }

    private Remark remark() throws IOException {
      return new Remark(in.readUTF(), token(), compatible(), in.readUTF());
    }

    private Token token() throws IOException {
      return Token.of(in.readLong());
    }

    private Compatible compatible() throws IOException {
      return Compatible.of(in.readUTF());
    }
  }
}
