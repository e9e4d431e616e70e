// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import static dev.luo.linux.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.testing.NoDescriptorLeaks;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

@NoDescriptorLeaks
class IoctlTest {
  private static final int FIONREAD = 0x541b;
  private static final int FIOCLEX = 0x5451;

  @Test
  void call_withAStructure() throws LinuxException {
    try (Pipe pipe = Pipe.create();
        Arena arena = Arena.ofConfined()) {
      FileIo.write(pipe.writing(), arena.allocate(17));
      MemorySegment count = arena.allocate(ValueLayout.JAVA_INT);
      assertThat(Ioctl.call(pipe.reading(), FIONREAD, count)).isZero();
      assertThat(count.get(ValueLayout.JAVA_INT, 0)).isEqualTo(17);
    }
  }

  @Test
  void call_withoutArgument() throws LinuxException {
    try (Fd memfd = Memfd.create("x")) {
      memfd.closeOnExec(false);
      assertThat(Ioctl.call(memfd, FIOCLEX)).isZero();
      assertThat(memfd.closeOnExec()).isTrue();
    }
  }

  @Test
  void call_withARequestNobodyKnows() throws LinuxException {
    try (Fd event = EventFd.create(0);
        Arena arena = Arena.ofConfined()) {
      MemorySegment structure = arena.allocate(8);
      assertThat(assertFails(Errno.ENOTTY, () -> Ioctl.call(event, 0xc0de0001, structure)))
          .hasMessageContaining("request=0xc0de0001");
      assertFails(Errno.ENOTTY, () -> Ioctl.call(event, 0x3b70, 1));
    }
    assertFails(Errno.EBADF, () -> Ioctl.call(Descriptors.notOpen(), FIOCLEX));
  }
}
