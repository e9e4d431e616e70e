// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import static dev.luo.linux.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.testing.NoDescriptorLeaks;
import org.junit.jupiter.api.Test;

@NoDescriptorLeaks
class EventFdTest {
  @Test
  void take_takesEverything() throws LinuxException {
    try (Fd event = EventFd.create(2, EventFdFlag.NON_BLOCKING)) {
      EventFd.signal(event, 3);
      assertThat(EventFd.count(event)).isEqualTo(5);
      assertThat(EventFd.take(event)).hasValue(5);
      assertThat(EventFd.take(event)).isEmpty();
      assertThat(EventFd.isSemaphore(event)).isFalse();
    }
  }

  @Test
  void take_ofASemaphore_takesOne() throws LinuxException {
    try (Fd event = EventFd.create(2, EventFdFlag.SEMAPHORE, EventFdFlag.NON_BLOCKING)) {
      assertThat(EventFd.isSemaphore(event)).isTrue();
      assertThat(EventFd.take(event)).hasValue(1);
      assertThat(EventFd.take(event)).hasValue(1);
      assertThat(EventFd.take(event)).isEmpty();
    }
  }

  @Test
  void count_isReadAsTheKernelWritesIt() throws LinuxException {
    try (Fd event = EventFd.create(0)) {
      EventFd.signal(event, 0x1234_5678_9abcL);
      assertThat(EventFd.count(event)).isEqualTo(0x1234_5678_9abcL);
    }
  }

  @Test
  void signal_thatDoesNotFit() throws LinuxException {
    try (Fd event = EventFd.create(0, EventFdFlag.NON_BLOCKING)) {
      EventFd.signal(event, -2);
      assertFails(Errno.EAGAIN, () -> EventFd.signal(event, 1));
      assertFails(Errno.EINVAL, () -> EventFd.signal(event, -1));
    }
  }

  @Test
  void everything_onSomethingElse() throws LinuxException {
    try (Fd memfd = Memfd.create("x")) {
      assertFails(Errno.EINVAL, () -> EventFd.count(memfd));
      assertFails(Errno.EINVAL, () -> EventFd.isSemaphore(memfd));
    }
    assertFails(Errno.EBADF, () -> EventFd.count(Descriptors.notOpen()));
    assertFails(Errno.EBADF, () -> EventFd.take(Descriptors.notOpen()));
    assertFails(Errno.EBADF, () -> EventFd.signal(Descriptors.notOpen(), 1));
  }

  @Test
  void create_withoutRoom() throws Exception {
    EventFd.create(0).close();
    assertFails(Errno.EBADF, () -> EventFd.count(Descriptors.notOpen()));
    Descriptors.withRoomFor(0, () -> assertFails(Errno.EMFILE, () -> EventFd.create(0)));
  }
}
