// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static dev.luo.core.ScriptedHandler.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.LinuxException;
import dev.luo.spi.Fidelity;
import dev.luo.spi.LuoException;
import dev.luo.spi.NoSuchTokenException;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files that are rebuilt, and what is remembered of the attempt. */
@NoDescriptorLeaks
class RetrieveTest {

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
    handler.refuseToFinish(null);
    session.close();
    TwoStages.discardAll(successor);
    successor.close();
  }

  @Test
  void fil21_fil32_filesComeBackInAnyOrderEachWithItsContent() throws Exception {
    assertThat(TwoStages.number(session, 3)).isEqualTo(3);
    assertThat(TwoStages.number(session, 1)).isEqualTo(1);
    assertThat(TwoStages.number(session, 2)).isEqualTo(2);
    assertThat(take(calls))
        .containsExactly(
            "retrieve 0x3",
            "resume 0x3",
            "retrieve 0x1",
            "resume 0x1",
            "retrieve 0x2",
            "resume 0x2");
  }

  @Test
  void fil29_fil30_aSecondRetrieveGivesTheSameFileWithoutTheHandler() throws Exception {
    session.retrieve(Token.of(1)).file().close();
    take(calls);

    RetrievedFile again = session.retrieve(Token.of(1));

    assertThat(again.fidelity()).isEqualTo(Fidelity.LIVE);
    try (Fd file = again.file();
        Fd oneMore = session.retrieve(Token.of(1)).file()) {
      assertThat(Memfds.number(file)).isEqualTo(1);
      assertThat(file.sameFile(oneMore)).isTrue();
    }
    assertThat(calls).isEmpty();
  }

  @Test
  void fil31_fil33_aFailureIsAnsweredAgainAndConcernsNobodyElse() throws Exception {
    handler.failing("retrieve 0x1");
    HandlerFailedException first = failure(1);

    assertThat(failure(1)).isSameAs(first);
    assertThat(first.errno()).isEqualTo(Errno.EXDEV);
    assertThat(first).hasMessageContaining("retrieve failed for token 0x1 of session \"s\"");
    assertThat(take(calls)).containsExactly("retrieve 0x1");
    assertThat(TwoStages.number(session, 2)).isEqualTo(2);
  }

  private HandlerFailedException failure(long token) {
    try {
      session.retrieve(Token.of(token)).file().close();
    } catch (HandlerFailedException e) {
      return e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("retrieved");
  }

  @Test
  void fil31_anotherAttemptHasToBeAskedFor() throws Exception {
    handler.failing("retrieve 0x1");
    failure(1);
    handler.mend("retrieve 0x1");

    try (Fd file = session.retryRetrieve(Token.of(1)).file()) {
      assertThat(Memfds.number(file)).isEqualTo(1);
    }
  }

  @Test
  void fil27_anUnknownTokenIsRefused() {
    assertThatExceptionOfType(NoSuchTokenException.class)
        .isThrownBy(() -> session.retrieve(Token.of(9)))
        .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
  }

  @Test
  @Timeout(60)
  void retrieve_keepsNobodyFromOtherSessions() throws Exception {
    List<String> meanwhile = new ArrayList<>();
    handler.whenRetrieving =
        context -> {
          try {
            CompletableFuture.runAsync(
                    () -> {
                      meanwhile.addAll(successor.incoming().orElseThrow().sessions());
                      try (IncomingSession other = successor.retrieveSession("t")) {
                        meanwhile.add(other.name());
                      } catch (LuoException e) {
                        throw new AssertionError(e);
                      }
                    })
                .get();
          } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
          }
        };

    assertThat(TwoStages.number(session, 1)).isEqualTo(1);

    assertThat(meanwhile).containsExactly("s", "t", "empty", "t");
  }

  @Test
  void retrieve_onAVirtualThread_callsTheHandlerOnAPlatformThread() throws Exception {
    List<Boolean> virtual = new ArrayList<>();
    handler.whenRetrieving = context -> virtual.add(Thread.currentThread().isVirtual());
    FutureTask<Long> retrieve = new FutureTask<>(() -> TwoStages.number(session, 1));

    Thread.ofVirtual().start(retrieve);

    assertThat(retrieve.get()).isEqualTo(1);
    assertThat(virtual).containsExactly(false);
  }

  @Test
  void fil21_filesOfSeveralSessionsKeepTheirContentsApart() throws Exception {
    try (IncomingSession other = successor.retrieveSession("t");
        IncomingSession empty = successor.retrieveSession("empty")) {
      assertThat(TwoStages.number(other, 4)).isEqualTo(4);
      assertThat(TwoStages.number(session, 1)).isEqualTo(1);
      assertThat(empty.tokens()).isEmpty();
    }
  }

  @Test
  void fil27_aSessionWithoutFilesHasNoneToRetrieve() throws Exception {
    try (IncomingSession empty = successor.retrieveSession("empty")) {
      assertThatExceptionOfType(NoSuchTokenException.class)
          .isThrownBy(() -> empty.retrieve(Token.of(1)))
          .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
    }
    assertThat(calls).isEmpty();
  }

  /** The second one comes while the handler still works for the first. */
  @Test
  @Timeout(60)
  void fil46_twoRetrievesAtOnceMakeOneCallAndBothSucceed() throws Exception {
    List<Long> numbers = Collections.synchronizedList(new ArrayList<>());
    Thread second =
        Thread.ofPlatform()
            .unstarted(() -> {
              try {
                numbers.add(TwoStages.number(session, 1));
              } catch (LuoException | LinuxException e) {
                throw new AssertionError(e);
              }
            });
    handler.whenRetrieving =
        context -> {
          second.start();
          Threads.awaitWaiting(second);
        };

    numbers.add(TwoStages.number(session, 1));
    second.join();

    assertThat(numbers).containsExactly(1L, 1L);
    assertThat(take(calls)).containsExactly("retrieve 0x1", "resume 0x1");
  }
}
