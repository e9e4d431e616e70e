// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import static dev.luo.linux.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.luo.testing.NoDescriptorLeaks;
import org.junit.jupiter.api.Test;

@NoDescriptorLeaks
class CloseRangeTest {
  private static final int FAR = 2000;

  @Test
  void closeOnExec_marksTheRangeOnly() throws LinuxException {
    try (Fd memfd = Memfd.create("x");
        Fd first = memfd.duplicate(FAR);
        Fd second = memfd.duplicate(FAR + 100)) {
      first.closeOnExec(false);
      second.closeOnExec(false);
      CloseRange.closeOnExec(FAR, FAR + 50);
      assertThat(first.closeOnExec()).isTrue();
      assertThat(second.closeOnExec()).isFalse();
      CloseRange.closeOnExec(FAR, CloseRange.LAST);
      assertThat(second.closeOnExec()).isTrue();
    }
  }

  @Test
  void close_closesTheRangeOnly() throws LinuxException {
    try (Fd memfd = Memfd.create("x")) {
      int first = memfd.duplicate(FAR).release();
      try (Fd second = memfd.duplicate(FAR + 100)) {
        CloseRange.close(FAR, FAR + 50);
        assertFails(Errno.EBADF, () -> Fd.borrow(first).kind());
        assertThat(second.kind()).isEqualTo(FdKind.MEMFD);
      }
    }
  }

  @Test
  void close_ofAnEmptyRange() {
    assertFails(Errno.EINVAL, () -> CloseRange.close(FAR + 1, FAR));
    assertThatIllegalArgumentException().isThrownBy(() -> CloseRange.close(-1, 5));
  }

  @Test
  void closeOnExec_ofAnEmptyRange() {
    assertFails(Errno.EINVAL, () -> CloseRange.closeOnExec(FAR + 1, FAR));
    assertThatIllegalArgumentException().isThrownBy(() -> CloseRange.closeOnExec(-1, 5));
  }
}
