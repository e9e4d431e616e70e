// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.report;

import dev.luo.core.UpdateReport;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The block of handover memory that reports are in. Its first half is for the update that it
 * crosses with, its second half for those before, the last one first.
 *
 * <p>Each report is a magic number, the version of its format, the number of bytes and their
 * CRC-32C, each 32 bits little-endian, then the bytes. The earlier ones follow each other; where
 * there is no magic number, there are no more. What cannot be read is not there: a report is never
 * a reason to refuse anything.
 *
 * <p>So many earlier updates are kept that the last one can be compared with those before it: a
 * blackout that grows is seen. How many that is, is bounded by {@link #MAX_EARLIER} and by the
 * room, whichever is less; what does not fit is the oldest.
 *
 * @param departure the predecessor's part of the update that the block crossed with
 * @param earlier the updates before, the last one first
 */
public record ReportBlock(Optional<UpdateReport> departure, List<UpdateReport> earlier) {

  /** Nothing was reported. */
  public static final ReportBlock NONE = new ReportBlock(Optional.empty(), List.of());

  /** How much is set aside for it. */
  public static final int BYTE_SIZE = 64 * 1024;

  /** How many updates before the one that it crosses with are kept. */
  public static final int MAX_EARLIER = 8;

  private static final int EARLIER = BYTE_SIZE / 2;
  private static final int EARLIER_ROOM = EARLIER / MAX_EARLIER;
  private static final int MAGIC = 0x5450524c;
  private static final int VERSION = 2;
  private static final int HEADER = 16;
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Copies the list. */
  public ReportBlock {
    earlier = List.copyOf(earlier);
  }

  /** Writes the predecessor's part of the update that the block crosses with. */
  public static void writeDeparture(MemorySegment block, UpdateReport report) {
    int _ = write(block.asSlice(0, EARLIER), report);
  }

  /** Writes the updates before, the last one first. */
  public static void writeEarlier(MemorySegment block, List<UpdateReport> reports) {
    MemorySegment rest = block.asSlice(EARLIER, EARLIER);
    rest.fill((byte) 0);
    for (UpdateReport report : reports.subList(0, Math.min(MAX_EARLIER, reports.size()))) {
      rest = rest.asSlice(write(rest.asSlice(0, EARLIER_ROOM), report));
    }
  }

  /** Answers how many bytes were written. */
  private static int write(MemorySegment room, UpdateReport report) {
    Optional<byte[]> encoded = ReportFormat.encode(report, (int) room.byteSize() - HEADER);
    if (encoded.isEmpty()) {
      return 0;
    }
    byte[] bytes = encoded.get();
    MemorySegment.copy(bytes, 0, room, ValueLayout.JAVA_BYTE, HEADER, bytes.length);
    room.set(INT, 4, VERSION);
    room.set(INT, 8, bytes.length);
    room.set(INT, 12, crc(bytes));
    room.set(INT, 0, MAGIC);
    return HEADER + bytes.length;
  }

  /** Reads what can be read. */
  public static ReportBlock read(MemorySegment block) {
    if (block.byteSize() != BYTE_SIZE) {
      return NONE;
    }
    return new ReportBlock(
        bytes(block.asSlice(0, EARLIER)).flatMap(ReportFormat::decode),
        earlier(block.asSlice(EARLIER, EARLIER)));
  }

  private static List<UpdateReport> earlier(MemorySegment room) {
    List<UpdateReport> reports = new ArrayList<>();
    MemorySegment rest = room;
    while (reports.size() < MAX_EARLIER) {
      Optional<byte[]> bytes = bytes(rest);
      Optional<UpdateReport> report = bytes.flatMap(ReportFormat::decode);
      if (report.isEmpty()) {
        break;
      }
      reports.add(report.get());
      rest = rest.asSlice(HEADER + bytes.get().length);
    }
    return reports;
  }

  private static Optional<byte[]> bytes(MemorySegment room) {
    if (room.byteSize() < HEADER || room.get(INT, 0) != MAGIC || room.get(INT, 4) != VERSION) {
      return Optional.empty();
    }
    int length = room.get(INT, 8);
    if (length < 0 || length > room.byteSize() - HEADER) {
      return Optional.empty();
    }
    byte[] bytes = room.asSlice(HEADER, length).toArray(ValueLayout.JAVA_BYTE);
    return crc(bytes) == room.get(INT, 12) ? Optional.of(bytes) : Optional.empty();
  }

  private static int crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length);
    return (int) crc.getValue();
  }
}
