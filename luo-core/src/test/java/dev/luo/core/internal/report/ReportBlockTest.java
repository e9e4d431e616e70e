// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.report;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReportBlockTest {

  private static final Compatible MEMFD = Compatible.of("memfd-user-v1");

  private final MemorySegment memory = MemorySegment.ofArray(new byte[ReportBlock.BYTE_SIZE]);

  private static UpdateReport report(long generation, List<FileOutcome> files, String... remarks) {
    return new UpdateReport(
        new Course(
            Crossing.EXEC,
            generation,
            3,
            List.of(
                new Refusal(2, "FreezeRefusedException", Errno.EBUSY, Recovery.RETRY_LATER, "no"))),
        List.of(new Phase("freeze", -5, 7)),
        Map.of(Fate.DROPPED, (long) files.size(), Fate.WAITING, 600_000L),
        files,
        List.of(new HandlerTime(MEMFD, "freeze", 2, 30, new Slowest("s", Token.of(-1), 20))),
        List.of(remarks).stream().map(text -> new Remark("s", Token.of(-1), MEMFD, text)).toList(),
        List.of());
  }

  private static List<FileOutcome> dropped(int count) {
    return LongStream.range(0, count)
        .mapToObj(
            token -> new FileOutcome("s", Token.of(token), MEMFD, Fate.DROPPED, "x".repeat(3000)))
        .toList();
  }

  @Test
  void read_whatWasWritten() {
    UpdateReport departure = report(3, dropped(1), "gone: “name”", "x".repeat(1000));
    ReportBlock.writeDeparture(memory, report(3, List.of()));
    ReportBlock.writeEarlier(memory, List.of(report(2, List.of()), report(1, List.of())));
    UpdateReport shortened =
        report(
            3,
            List.of(new FileOutcome("s", Token.of(0), MEMFD, Fate.DROPPED, "x".repeat(1000) + "…")),
            "gone: “name”",
            "x".repeat(1000));

    ReportBlock.writeDeparture(memory, departure);

    ReportBlock read = ReportBlock.read(memory);
    assertThat(read.departure()).contains(shortened);
    assertThat(read.earlier()).containsExactly(report(2, List.of()), report(1, List.of()));
  }

  @Test
  void read_whatWasNeverWritten() {
    assertThat(ReportBlock.read(memory)).isEqualTo(ReportBlock.NONE);
  }

  @Test
  void read_aBlockOfAnotherSize() {
    ReportBlock.writeDeparture(memory, report(1, List.of()));
    assertThat(ReportBlock.read(memory.asSlice(0, 4096))).isEqualTo(ReportBlock.NONE);
  }

  @Test
  void read_withAnyBitFlipped() {
    ReportBlock.writeDeparture(memory, report(3, List.of(), "x"));
    ReportBlock written = ReportBlock.read(memory);
    byte[] bytes = (byte[]) memory.heapBase().orElseThrow();
    int end = bytes.length;
    while (bytes[end - 1] == 0) {
      end--;
    }
    for (int bit = 0; bit < end * 8; bit++) {
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(ReportBlock.read(memory)).as("bit %d", bit).isEqualTo(ReportBlock.NONE);
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
    }
    assertThat(ReportBlock.read(memory)).isEqualTo(written);
  }

  @Test
  void read_anEarlierReportThatIsDamaged_keepsTheOnesBeforeIt() {
    ReportBlock.writeEarlier(memory, List.of(report(2, List.of()), report(1, List.of())));
    byte[] bytes = (byte[]) memory.heapBase().orElseThrow();
    int end = bytes.length;
    while (bytes[end - 1] == 0) {
      end--;
    }
    bytes[end - 1] ^= 1;
    assertThat(ReportBlock.read(memory).earlier()).containsExactly(report(2, List.of()));
  }

  @Test
  void decode_countsThatLie() {
    byte[] bytes = ReportFormat.encode(report(1, List.of(), "x"), 1 << 20).orElseThrow();
    for (int at = 0; at < bytes.length; at++) {
      byte before = bytes[at];
      for (int value : new int[] {0, 1, 0x7f, 0x80, 0xff}) {
        bytes[at] = (byte) value;
        // Neither an exception nor memory without end.
        assertThat(ReportFormat.decode(bytes)).isNotNull();
      }
      bytes[at] = before;
    }
    assertThat(ReportFormat.decode(bytes)).contains(report(1, List.of(), "x"));
  }

  @Test
  void write_moreThanThereIsRoomFor_keepsPhasesAndNumbers() {
    UpdateReport large =
        report(
            1, dropped(10_000), Collections.nCopies(1000, "x".repeat(3000)).toArray(String[]::new));

    ReportBlock.writeDeparture(memory, large);
    ReportBlock.writeEarlier(memory, Collections.nCopies(20, large));

    ReportBlock read = ReportBlock.read(memory);
    assertThat(read.departure().orElseThrow().phases()).isEqualTo(large.phases());
    assertThat(read.departure().orElseThrow().counts()).isEqualTo(large.counts());
    assertThat(read.departure().orElseThrow().files()).isNotEmpty();
    assertThat(read.earlier())
        .hasSize(ReportBlock.MAX_EARLIER)
        .allMatch(earlier -> earlier.counts().equals(large.counts()));
  }
}
