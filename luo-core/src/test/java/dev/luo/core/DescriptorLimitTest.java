// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static dev.luo.core.ScriptedHandler.take;
import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.Memfd;
import dev.luo.linux.ResourceLimit;
import dev.luo.linux.ResourceLimit.Resource;
import dev.luo.spi.LuoException;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A process that has as many descriptors as it may. */
@NoDescriptorLeaks
class DescriptorLimitTest {

  private final List<String> calls = new ArrayList<>();
  private final ScriptedHandler handler = ScriptedHandler.forMemfds(calls);
  private LiveUpdate successor;
  private IncomingSession session;

  @BeforeEach
  void handOver() throws Exception {
    successor = TwoStages.arrived(handler);
    session = successor.retrieveSession("s");
  }

  @AfterEach
  void end() throws Exception {
    session.close();
    TwoStages.discardAll(successor);
    successor.close();
  }

  /**
   * Runs something while no descriptor can be had, not even by the JVM to load a class: what is
   * needed has been needed before.
   */
  private static <T> T exhausted(Callable<T> call) throws Exception {
    ResourceLimit limit = ResourceLimit.get(Resource.DESCRIPTORS);
    ResourceLimit.set(Resource.DESCRIPTORS, new ResourceLimit(4, limit.hard()));
    try {
      return call.call();
    } finally {
      ResourceLimit.set(Resource.DESCRIPTORS, limit);
    }
  }

  /** Answers what a call fails with. */
  private static Callable<Errno> errnoOf(Callable<?> call) {
    return () -> {
      try {
        call.call();
      } catch (LuoException e) {
        return e.errno();
      }
      throw new AssertionError("no failure");
    };
  }

  @Test
  void ioc12_preserveSaysSoAndChangesNothing() throws Exception {
    try (OutgoingSession next = successor.createSession("next");
        Fd memfd = Memfds.containing(1)) {
      Fd notOpen = Fd.adopt(1 << 20);
      Callable<Object> preserving =
          () -> {
            next.preserve(Token.of(1), notOpen.isOpen() ? notOpen : memfd);
            return next;
          };
      assertThat(errnoOf(preserving).call()).isEqualTo(Errno.EBADF);
      assertThat(memfd.describe()).isNotEmpty();
      int _ = notOpen.release();

      assertThat(exhausted(errnoOf(preserving))).isEqualTo(Errno.EMFILE);

      assertThat(calls).isEmpty();
      assertThat(next.tokens()).isEmpty();
      next.preserve(Token.of(1), memfd);
    }
  }

  @Test
  void ioc12_whatTakesNoDescriptorNeedsNone() throws Exception {
    session.retrieve(Token.of(1)).file().close();
    successor.createSession("loaded").close();
    try (IncomingSession other = successor.retrieveSession("t")) {
      take(calls);

      String name =
          exhausted(() -> {
            session.retrieve(Token.of(2)).file().close();
            try (IncomingSession empty = successor.retrieveSession("empty");
                OutgoingSession next = successor.createSession("next")) {
              return empty.name() + next.name();
            }
          });

      assertThat(name).isEqualTo("emptynext");
      assertThat(other.name()).isEqualTo("t");
      assertThat(take(calls)).containsExactly("retrieve 0x2", "resume 0x2");
    }
  }

  @Test
  void fil44_aRetrieveThatFailsForWantOfADescriptorLeavesTheFileAsNeverTried() throws Exception {
    handler.failing("retrieve 0x2");
    assertThat(errnoOf(() -> session.retrieve(Token.of(2))).call()).isEqualTo(Errno.EXDEV);
    handler.whenRetrieving = context -> Memfd.create("for the handler").close();
    session.retrieve(Token.of(3)).file().close();
    take(calls);

    assertThat(exhausted(errnoOf(() -> session.retrieve(Token.of(1))))).isEqualTo(Errno.EMFILE);

    assertThat(TwoStages.number(session, 1)).isEqualTo(1);
    assertThat(take(calls)).containsExactly("retrieve 0x1", "retrieve 0x1", "resume 0x1");
  }
}
