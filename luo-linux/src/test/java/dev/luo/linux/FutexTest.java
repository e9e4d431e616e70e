// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import static dev.luo.linux.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.linux.Futex.Outcome;
import dev.luo.testing.NoDescriptorLeaks;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

@NoDescriptorLeaks
class FutexTest {
  private static final VarHandle WORD = ValueLayout.JAVA_INT.varHandle();

  @Test
  void await_ofAWordThatHasChanged() throws LinuxException {
    try (Mapping mapping = Mapping.anonymous(4096)) {
      assertThat(Futex.await(mapping.segment(), 1, Clock.NEVER)).isEqualTo(Outcome.CHANGED);
    }
  }

  @Test
  void await_untilTheDeadline() throws LinuxException {
    try (Mapping mapping = Mapping.anonymous(4096)) {
      assertThat(Futex.await(mapping.segment(), 0, System.nanoTime() - 1))
          .isEqualTo(Outcome.TIMED_OUT);
      long deadline = System.nanoTime() + 2_000_000;
      assertThat(Futex.await(mapping.segment(), 0, deadline)).isEqualTo(Outcome.TIMED_OUT);
      assertThat(System.nanoTime()).isGreaterThanOrEqualTo(deadline);
    }
  }

  @Test
  void wake_reachesASleeperThroughAnotherMapping() throws Exception {
    try (Fd memfd = Memfd.create("word")) {
      FileIo.truncate(memfd, 4096);
      try (Mapping sleeping = Mapping.map(memfd, 4096);
          Mapping waking = Mapping.map(memfd, 4096)) {
        MemorySegment word = sleeping.segment().asSlice(128, 4);
        FutureTask<Outcome> sleeper = new FutureTask<>(() -> sleep(word));
        Thread.ofPlatform().start(sleeper);
        MemorySegment same = waking.segment().asSlice(128, 4);
        while (Futex.wake(same, 1) == 0) {
          Thread.onSpinWait();
        }
        assertThat(sleeper.get()).isEqualTo(Outcome.WOKEN);
      }
    }
  }

  private static Outcome sleep(MemorySegment word) throws LinuxException {
    return Futex.await(word, (int) WORD.getAcquire(word, 0L), Clock.NEVER);
  }

  @Test
  void wake_ofNobody() throws LinuxException {
    try (Mapping mapping = Mapping.anonymous(4096)) {
      assertThat(Futex.wake(mapping.segment(), Integer.MAX_VALUE)).isZero();
    }
  }

  @Test
  void await_ofAnUnalignedWord() throws LinuxException {
    try (Mapping mapping = Mapping.anonymous(4096)) {
      MemorySegment word = mapping.segment().asSlice(2, 4);
      assertFails(Errno.EINVAL, () -> Futex.await(word, 0, Clock.NEVER));
      assertFails(Errno.EINVAL, () -> Futex.wake(word, 1));
    }
  }

  @Test
  void await_ofMemoryThatIsNotThere() {
    assertFails(Errno.EFAULT, () -> Futex.await(Nowhere.WORD, 0, Clock.NEVER));
  }

  /** A word on the first page, which is never mapped. */
  private static final class Nowhere {
    @SuppressWarnings("restricted")
    static final MemorySegment WORD = MemorySegment.ofAddress(64).reinterpret(4);
  }
}
