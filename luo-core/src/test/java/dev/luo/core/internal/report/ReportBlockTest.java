// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.core.UpdateReport.Phase;
import dev.luo.core.UpdateReport.Remark;
import dev.luo.spi.Compatible;
import dev.luo.spi.Token;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportBlockTest {

  private final MemorySegment memory = MemorySegment.ofArray(new byte[ReportBlock.BYTE_SIZE]);

  private static Remark remark(String text) {
    return new Remark("s", Token.of(-1), Compatible.of("memfd-user-v1"), text);
  }

  @Test
  void read_whatWasWritten() {
    ReportBlock block =
        new ReportBlock(List.of(new Phase("freeze", -5, 7)), List.of(remark("gone: “name”")));

    block.write(memory);

    assertThat(ReportBlock.read(memory)).contains(block);
  }

  @Test
  void read_whatWasNeverWritten() {
    assertThat(ReportBlock.read(memory)).isEmpty();
  }

  @Test
  void read_withAnyBitFlipped() {
    ReportBlock block = new ReportBlock(List.of(new Phase("freeze", 1, 2)), List.of(remark("x")));
    block.write(memory);
    int written = 12 + 4 + 8 + 16 + 4 + 3 + 8 + 15 + 3;
    for (int bit = 0; bit < written * 8; bit++) {
      flip(bit);
      assertThat(ReportBlock.read(memory)).as("bit %d", bit).isEqualTo(Optional.empty());
      flip(bit);
    }
    assertThat(ReportBlock.read(memory)).contains(block);
  }

  private void flip(int bit) {
    byte[] bytes = (byte[]) memory.heapBase().orElseThrow();
    bytes[bit / 8] ^= (byte) (1 << bit % 8);
  }

  @Test
  void write_moreThanThereIsRoomFor_keepsThePhases() {
    List<Phase> phases = List.of(new Phase("freeze", 1, 2));
    new ReportBlock(phases, Collections.nCopies(1000, remark("x".repeat(3000)))).write(memory);

    ReportBlock read = ReportBlock.read(memory).orElseThrow();
    assertThat(read.phases()).isEqualTo(phases);
    assertThat(read.remarks()).isNotEmpty();
  }
}
