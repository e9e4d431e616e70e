// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.fuzz;

import dev.luo.core.UpdateReport;
import dev.luo.core.UpdateReport.Course;
import dev.luo.core.UpdateReport.Fate;
import dev.luo.core.UpdateReport.FileOutcome;
import dev.luo.core.UpdateReport.HandlerTime;
import dev.luo.core.UpdateReport.Phase;
import dev.luo.core.UpdateReport.Refusal;
import dev.luo.core.UpdateReport.Remark;
import dev.luo.core.UpdateReport.Slowest;
import dev.luo.core.internal.report.ReportBlock;
import dev.luo.linux.Errno;
import dev.luo.spi.Compatible;
import dev.luo.spi.Crossing;
import dev.luo.spi.Recovery;
import dev.luo.spi.Token;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What the predecessor reports. An input is what is put right (1 byte: not 0 for checksums), how
 * many bytes of the rest are in the first half of the block (2 bytes), and these bytes; the others
 * are in the second half, where the reports of earlier updates are.
 *
 * <p>What can be read is the same when it is written and read again, but for what there is no room
 * for; and then nothing more is left out.
 */
final class ReportBlockTarget implements Target {

  private static final int HALF = ReportBlock.BYTE_SIZE / 2;
  private static final int OWN_HEADER = 3;
  private static final int REPORT_HEADER = 16;

  /** So little is never too much for the room that there is, or for one text. */
  private static final int LITTLE = 800;

  @Override
  public List<byte[]> seeds() {
    return List.of(
        seed(report(), List.of()),
        seed(report(), List.of(report(), report())),
        new byte[OWN_HEADER]);
  }

  private static UpdateReport report() {
    Compatible memfd = Compatible.of("memfd-user-v1");
    Refusal refusal =
        new Refusal(2, "FreezeRefusedException", Errno.EBUSY, Recovery.RETRY_LATER, "no");
    return new UpdateReport(
        new Course(Crossing.EXEC, 3, 3, List.of(refusal)),
        List.of(new Phase("freeze", -5, 7)),
        Map.of(Fate.DROPPED, 1L, Fate.WAITING, 600_000L),
        List.of(new FileOutcome("vm-42", Token.of(1), memfd, Fate.DROPPED, "gone")),
        List.of(new HandlerTime(memfd, "freeze", 2, 30, new Slowest("vm-42", Token.of(-1), 20))),
        List.of(new Remark("vm-42", Token.of(-1), memfd, "Größe geändert")),
        List.of());
  }

  private static byte[] seed(UpdateReport departure, List<UpdateReport> earlier) {
    byte[] block = written(new ReportBlock(Optional.of(departure), earlier));
    int first = length(block, 0, HALF);
    int second = length(block, HALF, block.length);
    ByteBuffer seed = ByteBuffer.allocate(OWN_HEADER + first + second);
    seed.order(ByteOrder.LITTLE_ENDIAN).put((byte) 1).putShort((short) first);
    return seed.put(block, 0, first).put(block, HALF, second).array();
  }

  private static int length(byte[] block, int from, int to) {
    int end = to;
    while (end > from && block[end - 1] == 0) {
      end--;
    }
    return end - from;
  }

  @Override
  public void test(byte[] input) throws Exception {
    if (input.length < OWN_HEADER) {
      return;
    }
    byte[] block = block(ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN));
    ReportBlock read =
        Budget.within(
            16L * ReportBlock.BYTE_SIZE, () -> ReportBlock.read(MemorySegment.ofArray(block)));
    ReportBlock again = ReportBlock.read(MemorySegment.ofArray(written(read)));
    if (input.length <= LITTLE && !again.equals(read)) {
      throw new AssertionError("not the same when written again: " + read);
    }
    if (!ReportBlock.read(MemorySegment.ofArray(written(again))).equals(again)) {
      throw new AssertionError("less each time it is written: " + again);
    }
    read.departure().ifPresent(UpdateReport::toJson);
  }

  private static byte[] block(ByteBuffer input) {
    boolean repaired = input.get() != 0;
    int first = Math.min(Short.toUnsignedInt(input.getShort()), Math.min(HALF, input.remaining()));
    byte[] block = new byte[ReportBlock.BYTE_SIZE];
    input.get(block, 0, first).get(block, HALF, Math.min(HALF, input.remaining()));
    if (repaired) {
      repair(block, 0, HALF);
      repair(block, HALF, block.length);
    }
    return block;
  }

  private static void repair(byte[] block, int from, int to) {
    ByteBuffer fields = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
    int at = from;
    while (at + REPORT_HEADER <= to) {
      int length = fields.getInt(at + 8);
      if (length <= 0 || length > to - at - REPORT_HEADER) {
        return;
      }
      CRC32C crc = new CRC32C();
      crc.update(block, at + REPORT_HEADER, length);
      fields.putInt(at + 12, (int) crc.getValue());
      at += REPORT_HEADER + length;
    }
  }

  private static byte[] written(ReportBlock report) {
    byte[] block = new byte[ReportBlock.BYTE_SIZE];
    MemorySegment memory = MemorySegment.ofArray(block);
    report.departure().ifPresent(departure -> ReportBlock.writeDeparture(memory, departure));
    ReportBlock.writeEarlier(memory, report.earlier());
    return block;
  }
}
