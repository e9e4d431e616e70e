// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.linux.internal.Kernel;
import dev.luo.linux.internal.Syscall;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ClockTest {
  @Test
  void monotonic_isTheClockOfTheKernel() {
    long before = Clock.MONOTONIC.nanos();
    long kernel = kernelMonotonic();
    long after = Clock.MONOTONIC.nanos();
    assertThat(kernel).isBetween(before, after);
  }

  private static long kernelMonotonic() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment time = TimeSpec.of(arena, 0);
      assertThat(Kernel.call(Syscall.CLOCK_GETTIME, 1, time.address())).isZero();
      return TimeSpec.nanos(time);
    }
  }

  @Test
  void realtime_isTheClockOfTheJdk() {
    long before = System.currentTimeMillis();
    long millis = Clock.REALTIME.nanos() / 1_000_000;
    assertThat(millis).isBetween(before, System.currentTimeMillis());
  }

  @Test
  void boottime_isNotBehindMonotonic() {
    long monotonic = Clock.MONOTONIC.nanos();
    assertThat(Clock.BOOTTIME.nanos()).isGreaterThanOrEqualTo(monotonic);
  }

  @Test
  void until_neverGoesBelowZero() {
    assertThat(Clock.until(System.nanoTime() - 5)).isZero();
    assertThat(Clock.until(Clock.NEVER)).isEqualTo(Clock.NEVER);
    assertThat(Clock.until(System.nanoTime() + Clock.SECOND)).isPositive();
  }

  @Test
  void bootId_isThatOfTheKernel() throws IOException {
    BootId id = BootId.current();
    assertThat(Files.readString(Path.of("/proc/sys/kernel/random/boot_id"))).isEqualTo(id + "\n");
    assertThat(BootId.current()).isEqualTo(id);
  }
}
