// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.handler.memfd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.linux.Fd;
import dev.luo.linux.FileIo;
import dev.luo.linux.LinuxException;
import dev.luo.linux.Memfd;
import dev.luo.linux.MemfdFlag;
import dev.luo.testing.Facilities;
import dev.luo.testing.NoDescriptorLeaks;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Telling the pages of the pool from ordinary ones, and looking at /proc in the place of system
 * calls.
 */
@NoDescriptorLeaks
class MemoryInspectionTest {

  @ParameterizedTest
  @CsvSource({"HUGETLB_2MB, 2097152", "HUGETLB_1GB, 1073741824"})
  void hugePages_ofThePool(MemfdFlag flag, long expected) throws IOException {
    try (Fd memory = createHuge(flag)) {
      assertThat(HugePages.sizeFor(memory)).isEqualTo(expected);
    }
  }

  private static Fd createHuge(MemfdFlag flag) throws IOException {
    try {
      return Memfd.create("huge", flag);
    } catch (LinuxException failure) {
      Facilities.require("hugetlb", false, flag + " is not known here: " + failure.getMessage());
      throw failure;
    }
  }

  @Test
  void hugePages_ordinaryMemory() throws IOException {
    try (Fd memory = Memory.withContent("ram");
        Fd temporary = Memory.temporaryFile()) {
      assertThat(HugePages.sizeFor(memory)).isZero();
      assertThat(HugePages.sizeFor(temporary)).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 0", "8, 8", "5368709121, 9223372036854775807"})
  void arrival_sameByEitherWay(long byteSize, long position) throws IOException {
    try (Fd memory = Memfd.create("ram")) {
      FileIo.truncate(memory, byteSize);
      FileIo.position(memory, position);

      assertThat(Arrival.ofFreshProcess(memory))
          .isEqualTo(Arrival.of(memory))
          .isEqualTo(new Arrival(memory.identity(), byteSize, position));
    }
  }

  @Test
  void arrival_ofAView() throws IOException {
    try (Fd memory = Memory.withContent("ram");
        Fd view = memory.lend()) {
      assertThat(Arrival.ofFreshProcess(view)).isEqualTo(Arrival.of(memory));
    }
  }

  @Test
  void name_asCreated() throws IOException {
    for (String name : new String[] {"", "ram", "a (deleted)", "n".repeat(249)}) {
      try (Fd memory = Memfd.create(name)) {
        assertThat(MemfdState.nameOf(memory)).isEqualTo(name);
      }
    }
  }
}
