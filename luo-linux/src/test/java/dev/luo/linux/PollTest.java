// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import static dev.luo.linux.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.linux.Poll.Event;
import dev.luo.linux.Poll.Interest;
import dev.luo.testing.NoDescriptorLeaks;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

@NoDescriptorLeaks
class PollTest {
  @Test
  void await_tellsWhatHappenedToEach() throws LinuxException {
    try (Fd empty = EventFd.create(0);
        Fd full = EventFd.create(1)) {
      List<Set<Event>> happened =
          Poll.await(
              List.of(
                  Interest.readable(empty),
                  Interest.readable(full),
                  new Interest(empty, Set.of(Event.READABLE, Event.WRITABLE)),
                  Interest.readable(Descriptors.notOpen())),
              Clock.NEVER);
      assertThat(happened)
          .containsExactly(
              Set.of(), Set.of(Event.READABLE), Set.of(Event.WRITABLE), Set.of(Event.NOT_OPEN));
    }
  }

  @Test
  void await_untilADeadlineThatHasPassed() throws LinuxException {
    try (Fd empty = EventFd.create(0)) {
      assertThat(Poll.awaitReadable(empty, System.nanoTime() - 1)).isFalse();
      assertThat(Poll.awaitReadable(empty, System.nanoTime() + 1_000_000)).isFalse();
      assertThat(Poll.awaitWritable(empty, Clock.NEVER)).isTrue();
      assertThat(Poll.await(List.of(), System.nanoTime())).isEmpty();
    }
  }

  @Test
  void await_ofWhatAnotherThreadDoes() throws LinuxException, InterruptedException {
    try (Fd event = EventFd.create(0)) {
      Thread signaller =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  EventFd.signal(event, 1);
                } catch (LinuxException failure) {
                  throw new AssertionError(failure);
                }
              });
      assertThat(Poll.awaitReadable(event, Clock.NEVER)).isTrue();
      signaller.join();
    }
  }

  @Test
  void await_ofAPipeWhoseOtherEndIsGone() throws LinuxException {
    try (Pipe pipe = Pipe.create();
        Arena arena = Arena.ofConfined()) {
      pipe.writing().close();
      assertThat(Poll.await(List.of(Interest.readable(pipe.reading())), Clock.NEVER))
          .containsExactly(Set.of(Event.HANG_UP));
      assertThat(Poll.awaitReadable(pipe.reading(), Clock.NEVER)).isTrue();
      assertThat(FileIo.read(pipe.reading(), arena.allocate(1))).isZero();
    }
  }

  @Test
  void awaitReadable_onANumberThatIsNotOpen() {
    assertFails(Errno.EBADF, () -> Poll.awaitReadable(Descriptors.notOpen(), Clock.NEVER));
  }
}
