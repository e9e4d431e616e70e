// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.testing.Facilities;
import dev.luo.testing.NoDescriptorLeaks;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@NoDescriptorLeaks
class OpenFileOrderTest {

  @BeforeEach
  void kernelTells() throws LinuxException {
    try (Fd any = EventFd.create(0)) {
      Facilities.require("kcmp", OpenFileOrder.isKnown(any), "kcmp is missing or forbidden");
    }
  }

  @Test
  void compare_copiesAreOneFile() throws LinuxException {
    try (Fd fd = EventFd.create(0);
        Fd copy = fd.duplicate()) {
      assertThat(OpenFileOrder.compare(fd, fd)).isZero();
      assertThat(OpenFileOrder.compare(fd, copy)).isZero();
    }
  }

  @Test
  void compare_isATotalOrderOfFilesThatShareAnInode() throws LinuxException {
    try (Fd a = EventFd.create(0);
        Fd b = EventFd.create(0);
        Fd c = EventFd.create(0)) {
      assertThat(a.identity()).isEqualTo(b.identity());
      int ab = OpenFileOrder.compare(a, b);
      int bc = OpenFileOrder.compare(b, c);
      int ac = OpenFileOrder.compare(a, c);

      assertThat(ab).isNotZero().isEqualTo(-OpenFileOrder.compare(b, a));
      assertThat(bc).isNotZero();
      if (ab == bc) {
        assertThat(ac).isEqualTo(ab);
      }
    }
  }
}
