// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import static dev.luo.linux.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@NoDescriptorLeaks
class FdTest {
  @Test
  void adopt_ofNegativeNumber() {
    assertThatIllegalArgumentException().isThrownBy(() -> Fd.adopt(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> Fd.borrow(-1));
  }

  @Test
  void close_closesTheNumberOnce() throws LinuxException {
    Fd fd = Memfd.create("x");
    int number = fd.number();
    fd.close();
    assertThat(fd.isOpen()).isFalse();
    assertNotOpen(number);
    try (Fd next = Memfd.create("next")) {
      assertThat(next.number()).isEqualTo(number);
      fd.close();
      assertThat(next.kind()).isEqualTo(FdKind.MEMFD);
    }
  }

  @Test
  void number_ofClosed() throws LinuxException {
    Fd fd = Memfd.create("x");
    fd.close();
    assertThatIllegalStateException().isThrownBy(fd::number).withMessageContaining("is closed");
    assertThatIllegalStateException().isThrownBy(fd::hold);
    assertThatIllegalStateException().isThrownBy(fd::duplicate);
    assertThatIllegalStateException().isThrownBy(fd::kind);
    assertThatIllegalStateException().isThrownBy(fd::lend);
    assertThatIllegalStateException().isThrownBy(fd::share);
    assertThatIllegalStateException().isThrownBy(fd::release);
  }

  @Test
  void release_leavesTheNumberOpen() throws LinuxException {
    Fd fd = Memfd.create("x");
    int number = fd.release();
    assertThatIllegalStateException().isThrownBy(fd::number).withMessageContaining("released");
    fd.close();
    try (Fd again = Fd.adopt(number)) {
      assertThat(again.kind()).isEqualTo(FdKind.MEMFD);
    }
  }

  @Test
  void lend_viewEndsAlone() throws LinuxException {
    try (Fd fd = Memfd.create("x")) {
      Fd view = fd.lend();
      assertThat(view.isOwned()).isFalse();
      assertThat(view.number()).isEqualTo(fd.number());
      view.close();
      assertThatIllegalStateException().isThrownBy(view::number).withMessageContaining("view");
      assertThat(fd.kind()).isEqualTo(FdKind.MEMFD);
    }
  }

  @Test
  void lend_viewEndsWithItsLender() throws LinuxException {
    Fd fd = Memfd.create("x");
    Fd view = fd.lend();
    Fd viewOfView = view.lend();
    fd.close();
    assertThat(viewOfView.isOpen()).isFalse();
    assertThatIllegalStateException().isThrownBy(view::number);
    assertThatIllegalStateException().isThrownBy(viewOfView::hold);
  }

  @Test
  void lend_viewEndsWithRelease() throws LinuxException {
    Fd fd = Memfd.create("x");
    Fd view = fd.lend();
    int number = fd.release();
    assertThatIllegalStateException().isThrownBy(view::number);
    Fd.adopt(number).close();
  }

  @Test
  void release_ofView() throws LinuxException {
    try (Fd fd = Memfd.create("x")) {
      assertThatIllegalStateException().isThrownBy(() -> fd.lend().release());
      assertThatIllegalStateException().isThrownBy(() -> fd.lend().share());
    }
  }

  @Test
  void borrow_neverCloses() throws LinuxException {
    try (Fd fd = Memfd.create("x")) {
      Fd view = Fd.borrow(fd.number());
      Fd.Hold held = view.hold();
      view.close();
      held.close();
      assertThat(fd.kind()).isEqualTo(FdKind.MEMFD);
    }
  }

  @Test
  void share_lastOwnerCloses() throws LinuxException {
    Fd first = Memfd.create("x");
    Fd second = first.share();
    Fd view = first.lend();
    first.close();
    assertThat(view.isOpen())
        .as("a view ends with its lender, even if another owner is left")
        .isFalse();
    assertThatIllegalStateException().isThrownBy(view::hold);
    assertThat(second.kind()).isEqualTo(FdKind.MEMFD);
    int number = second.number();
    second.close();
    assertNotOpen(number);
  }

  @Test
  void release_whileShared() throws LinuxException {
    Fd first = Memfd.create("x");
    Fd second = first.share();
    assertThatIllegalStateException()
        .isThrownBy(first::release)
        .withMessageContaining("other owners");
    assertThat(first.isOpen()).isTrue();
    second.close();
    Fd.adopt(first.release()).close();
  }

  @Test
  void hold_keepsTheNumberOverClose() throws LinuxException {
    Fd fd = Memfd.create("x");
    int number = fd.number();
    try (Fd.Hold held = fd.hold()) {
      fd.close();
      assertThat(fd.isOpen()).isFalse();
      assertThat(held.number()).isEqualTo(number);
      assertThat(Fd.borrow(number).kind()).isEqualTo(FdKind.MEMFD);
    }
    assertNotOpen(number);
  }

  @Test
  void hold_closedTwice_letsGoOnce() throws LinuxException {
    try (Fd fd = Memfd.create("x")) {
      Fd.Hold held = fd.hold();
      held.close();
      held.close();
      assertThat(fd.kind()).isEqualTo(FdKind.MEMFD);
    }
  }

  @Test
  void hold_keepsTheNumberOverRelease() throws LinuxException {
    Fd fd = Memfd.create("x");
    Fd.Hold held = fd.hold();
    int number = fd.release();
    held.close();
    try (Fd again = Fd.adopt(number)) {
      assertThat(again.kind()).isEqualTo(FdKind.MEMFD);
    }
  }

  @Test
  void close_whileOthersCall_neverReachesAnotherFile() throws Exception {
    int threads = 4;
    int rounds = 300;
    CyclicBarrier start = new CyclicBarrier(threads + 1);
    try (ExecutorService executor = Executors.newFixedThreadPool(threads);
        Fd other = EventFd.create(0)) {
      for (int round = 0; round < rounds; round++) {
        Fd memfd = Memfd.create("x");
        List<Future<?>> callers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
          callers.add(
              executor.submit(() -> {
                start.await();
                try {
                  // Were the number given away under the call, this would fail or answer something
                  // else.
                  while (memfd.isOpen()) {
                    assertThat(Memfd.seals(memfd)).isEqualTo(SealSet.of(Seal.SEAL));
                  }
                } catch (IllegalStateException closed) {
                  assertThat(memfd.isOpen()).isFalse();
                }
                return null;
              }));
        }
        start.await();
        memfd.close();
        other.duplicate().close();
        for (Future<?> caller : callers) {
          caller.get();
        }
      }
    }
  }

  @Test
  void duplicate_isAnotherOwner() throws LinuxException {
    try (Fd fd = Memfd.create("x");
        Fd duplicate = fd.lend().duplicate()) {
      assertThat(duplicate.isOwned()).isTrue();
      assertThat(duplicate.number()).isNotEqualTo(fd.number());
      assertThat(duplicate.closeOnExec()).isTrue();
      assertThat(duplicate.sameFile(fd)).isTrue();
    }
  }

  @Test
  void duplicate_fromANumberOn() throws LinuxException {
    try (Fd fd = Memfd.create("x");
        Fd duplicate = fd.duplicate(500)) {
      assertThat(duplicate.number()).isGreaterThanOrEqualTo(500);
      assertFails(Errno.EINVAL, () -> fd.duplicate(Integer.MAX_VALUE));
    }
  }

  @Test
  void duplicate_withoutRoom() throws Exception {
    try (Fd fd = Memfd.create("x")) {
      assertFails(Errno.EINVAL, () -> fd.duplicate(Integer.MAX_VALUE));
      Descriptors.withRoomFor(0, () -> assertFails(Errno.EMFILE, fd::duplicate));
    }
  }

  @Test
  void everything_onANumberThatIsNotOpen() {
    Fd fd = Descriptors.notOpen();
    assertFails(Errno.EBADF, fd::kind);
    assertFails(Errno.EBADF, fd::target);
    assertFails(Errno.EBADF, fd::identity);
    assertFails(Errno.EBADF, fd::statusFlags);
    assertFails(Errno.EBADF, fd::closeOnExec);
    assertFails(Errno.EBADF, () -> fd.closeOnExec(true));
    assertFails(Errno.EBADF, fd::duplicate);
    assertThat(fd.describe()).contains("not open");
  }

  @Test
  void closeOnExec_isSetAndCleared() throws LinuxException {
    try (Fd fd = Memfd.create("x")) {
      assertThat(fd.closeOnExec()).isTrue();
      fd.closeOnExec(false);
      assertThat(fd.closeOnExec()).isFalse();
      fd.closeOnExec(true);
      assertThat(fd.closeOnExec()).isTrue();
    }
  }

  @Test
  void statusFlags_areSharedByDuplicates() throws LinuxException {
    try (Pipe pipe = Pipe.create();
        Fd duplicate = pipe.reading().duplicate()) {
      StatusFlags flags = pipe.reading().statusFlags();
      assertThat(flags.isReadable()).isTrue();
      assertThat(flags.isWritable()).isFalse();
      assertThat(flags.isSet(OpenFlag.NON_BLOCKING)).isFalse();
      pipe.reading().statusFlags(flags.with(OpenFlag.NON_BLOCKING));
      assertThat(duplicate.statusFlags().isSet(OpenFlag.NON_BLOCKING)).isTrue();
      duplicate.statusFlags(flags.without(OpenFlag.NON_BLOCKING));
      assertThat(pipe.reading().statusFlags()).isEqualTo(flags);
    }
  }

  @Test
  void sameFile_tellsOpenFileDescriptionsApart() throws LinuxException {
    try (Fd fd = Memfd.create("x");
        Fd duplicate = fd.duplicate();
        Fd again = Open.again(fd, OpenFlag.READ_WRITE);
        Fd other = Memfd.create("x")) {
      assertThat(fd.sameFile(fd)).isTrue();
      assertThat(fd.sameFile(fd.lend())).isTrue();
      assertThat(fd.sameFile(duplicate)).isTrue();
      assertThat(again.identity()).isEqualTo(fd.identity());
      assertThat(fd.sameFile(again)).isFalse();
      assertThat(fd.sameFile(other)).isFalse();
    }
  }

  @Test
  void sameFile_ofFilesThatShareAnInode() throws LinuxException {
    try (Fd first = EventFd.create(0);
        Fd second = EventFd.create(0)) {
      assertThat(first.identity()).isEqualTo(second.identity());
      assertThat(first.sameFile(second)).isFalse();
    }
  }

  @Test
  void sameFile_byKcmp_saysTheSame() throws LinuxException {
    try (Fd fd = Memfd.create("x");
        Fd duplicate = fd.duplicate();
        Fd other = Memfd.create("x")) {
      long self = ProcessHandle.current().pid();
      assertThat(fd.sameFile(self, duplicate.number())).isTrue();
      assertThat(fd.sameFile(self, other.number())).isFalse();
      assertFails(Errno.EBADF, () -> fd.sameFile(self, Descriptors.notOpen().number()));
    }
  }

  @Test
  void describe_namesWhatItIs() throws LinuxException {
    Fd memfd = Memfd.create("ram");
    FileIo.truncate(memfd, 4096);
    assertThat(memfd.describe()).isEqualTo("fd " + memfd.number() + " (memfd \"ram\", 4096 bytes)");
    assertThat(memfd).hasToString("Fd[" + memfd.number() + "]");
    assertThat(memfd.lend()).hasToString("Fd[" + memfd.number() + ", view]");
    memfd.close();
    assertThat(memfd.describe()).endsWith("(closed)");
    assertThat(memfd.toString()).contains("closed");
  }

  @Test
  void describe_ofOtherKinds() throws LinuxException {
    try (Fd event = EventFd.create(0);
        Fd folder = Open.file("/", OpenFlag.DIRECTORY)) {
      assertThat(event.describe()).endsWith("(eventfd)");
      assertThat(folder.describe()).endsWith("(directory /)");
    }
  }

  private static void assertNotOpen(int number) {
    assertThatCode(() -> Fd.borrow(number).kind()).isInstanceOf(LinuxException.class);
  }
}
