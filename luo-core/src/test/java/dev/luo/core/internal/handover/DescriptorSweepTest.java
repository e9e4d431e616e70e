// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.linux.Errno;
import dev.luo.linux.EventFd;
import dev.luo.linux.Fd;
import dev.luo.linux.LinuxException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DescriptorSweepTest {
  private Fd closing = Fd.adopt(0).lend();
  private Fd inheritable = closing;
  private Fd other = closing;
  private Fd otherInheritable = closing;

  @BeforeEach
  void open() throws LinuxException {
    closing = EventFd.create(0);
    inheritable = EventFd.create(0);
    other = EventFd.create(0);
    otherInheritable = EventFd.create(0);
    inheritable.closeOnExec(false);
    otherInheritable.closeOnExec(false);
  }

  @AfterEach
  void close() {
    List.of(closing, inheritable, other, otherInheritable).forEach(Fd::close);
  }

  @Test
  void keep_onlyThese() throws LinuxException {
    try (DescriptorSweep _ = DescriptorSweep.keep(List.of(closing, inheritable))) {
      assertThat(closing.closeOnExec()).isFalse();
      assertThat(inheritable.closeOnExec()).isFalse();
      assertThat(other.closeOnExec()).isTrue();
      assertThat(otherInheritable.closeOnExec()).isTrue();
    }
    assertAsBefore();
  }

  @Test
  void close_whatHasBeenClosedMeanwhile() throws LinuxException {
    try (DescriptorSweep _ = DescriptorSweep.keep(List.of(closing))) {
      otherInheritable.close();
    }

    assertThat(closing.closeOnExec()).isTrue();
    assertThat(inheritable.closeOnExec()).isFalse();
  }

  @Test
  void keep_oneThatIsNotOpen() throws LinuxException {
    Fd notOpen = Fd.adopt(999_999);

    assertThatExceptionOfType(LinuxException.class)
        .isThrownBy(() -> DescriptorSweep.keep(List.of(closing, notOpen)))
        .satisfies(failure -> assertThat(failure.errno()).isEqualTo(Errno.EBADF));

    assertAsBefore();
    int _ = notOpen.release();
  }

  private void assertAsBefore() throws LinuxException {
    assertThat(closing.closeOnExec()).isTrue();
    assertThat(inheritable.closeOnExec()).isFalse();
    assertThat(other.closeOnExec()).isTrue();
    assertThat(otherInheritable.closeOnExec()).isFalse();
  }
}
