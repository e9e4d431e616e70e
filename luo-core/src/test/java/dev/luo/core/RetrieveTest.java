// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static dev.luo.core.ScriptedHandler.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.core.testing.InProcessHandover;
import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.spi.Boundary;
import dev.luo.spi.Fidelity;
import dev.luo.spi.LuoException;
import dev.luo.spi.NoSuchTokenException;
import dev.luo.spi.Origin;
import dev.luo.spi.ReferenceCycleException;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@NoDescriptorLeaks
class RetrieveTest {

  private final List<String> calls = new ArrayList<>();
  private final ScriptedHandler handler = ScriptedHandler.forMemfds(calls);
  private LiveUpdate successor;
  private IncomingSession session;

  @BeforeEach
  void handOver() throws Exception {
    LiveUpdate predecessor = TwoStages.open(ScriptedHandler.forMemfds(new ArrayList<>()));
    TwoStages.preserve(predecessor.createSession("s"), 1, 2, 3);
    TwoStages.preserve(predecessor.createSession("t"), 4);
    predecessor.createSession("empty");
    try (InProcessHandover handover = TwoStages.handOver(predecessor, handler)) {
      successor = handover.successor();
    }
    session = successor.retrieveSession("s");
  }

  @AfterEach
  void end() throws Exception {
    session.close();
    handler.refuseToFinish(null);
    for (String name : successor.incoming().orElseThrow().sessions()) {
      try (IncomingSession unfinished = successor.retrieveSession(name)) {
        unfinished.discard();
      }
    }
    successor.close();
  }

  @Test
  @DisplayName("LUO-SER-20 and 22 sessions arrive in order, and the generation counts")
  void ser20_ser22_incoming_says() {
    IncomingImage image = successor.incoming().orElseThrow();

    assertThat(image.sessions()).containsExactly("s", "t", "empty");
    assertThat(image.generation()).isEqualTo(1);
    assertThat(image.origin()).isEqualTo(Origin.HANDOVER);
    assertThat(image.boundary()).isEqualTo(Boundary.PROCESS);
  }

  @Test
  @DisplayName("LUO-FIL-21 and 32 files come back in any order, each with its own content")
  void fil21_fil32_retrieve_inAnyOrder() throws Exception {
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
  @DisplayName("LUO-FIL-29 and 30 a second retrieve gives the same file without the handler")
  void fil29_fil30_retrieve_secondTime() throws Exception {
    session.retrieve(Token.of(1)).file().close();
    take(calls);

    RetrievedFile again = session.retrieve(Token.of(1));

    assertThat(again.fidelity()).isEqualTo(Fidelity.LIVE);
    try (Fd file = again.file()) {
      assertThat(Memfds.number(file)).isEqualTo(1);
    }
    assertThat(calls).isEmpty();
  }

  @Test
  @DisplayName("LUO-FIL-31 and 33 a failure is answered again, and concerns nobody else")
  void fil31_fil33_retrieve_failed() throws Exception {
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
  void retryRetrieve_afterTheCauseIsGone() throws Exception {
    handler.failing("retrieve 0x1");
    failure(1);
    handler.mend("retrieve 0x1");

    try (Fd file = session.retryRetrieve(Token.of(1)).file()) {
      assertThat(Memfds.number(file)).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("LUO-FIL-27 an unknown token is refused")
  void fil27_retrieve_unknownToken() {
    assertThatExceptionOfType(NoSuchTokenException.class)
        .isThrownBy(() -> session.retrieve(Token.of(9)))
        .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
  }

  @Test
  void retrieve_ofAFileThatRefersToAnother() throws Exception {
    handler.referring(3, 1);

    assertThat(TwoStages.number(session, 3)).isEqualTo(3);

    assertThat(take(calls))
        .containsExactly("retrieve 0x3", "retrieve 0x1", "resume 0x1", "resume 0x3");
  }

  @Test
  void retrieve_ofFilesThatReferToEachOther() {
    handler.referring(1, 2).referring(2, 3).referring(3, 1);

    assertThatExceptionOfType(HandlerFailedException.class)
        .isThrownBy(() -> session.retrieve(Token.of(1)))
        .satisfies(e -> {
          assertThat(e).hasRootCauseInstanceOf(ReferenceCycleException.class);
          assertThat(e).rootCause().hasMessageContaining("0x1 -> 0x2 -> 0x3");
          assertThat(e.errno()).isEqualTo(Errno.ELOOP);
        });
  }

  @Test
  @DisplayName("LUO-DES-08 a missing handler blocks its files, and can be supplied later")
  void des08_retrieve_withoutHandler() throws Exception {
    LiveUpdate predecessor = TwoStages.open(ScriptedHandler.forMemfds(new ArrayList<>()));
    TwoStages.preserve(predecessor.createSession("s"), 1);
    try (InProcessHandover handover = TwoStages.handOver(predecessor);
        LiveUpdate luo = handover.successor();
        IncomingSession came = luo.retrieveSession("s")) {
      assertThatExceptionOfType(NoHandlerException.class)
          .isThrownBy(() -> came.retrieve(Token.of(1)))
          .withMessageContaining("scripted-memfd-v1");

      luo.register(ScriptedHandler.forMemfds(calls));

      assertThat(TwoStages.number(came, 1)).isEqualTo(1);
    }
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
  @DisplayName("LUO-SES-09 a file that came under the same name and token is another one")
  void ses09_tokenOf_aFileThatCame() throws Exception {
    OutgoingSession next = successor.createSession("s");
    TwoStages.preserve(next, 1);
    try (Fd old = session.retrieve(Token.of(1)).file();
        Fd another = Memfds.containing(2)) {
      List<Optional<Token>> found = new ArrayList<>();
      handler.whenPreserving = context -> found.add(context.tokenOf(old));

      next.preserve(Token.of(2), another);

      assertThat(found).containsExactly(Optional.empty());
    }
  }

  @Test
  @DisplayName("LUO-FIL-14 and 15 a retrieved file is preserved again only after finish")
  void fil14_fil15_preserve_retrievedFile() throws Exception {
    OutgoingSession next = successor.createSession("s");
    try (Fd file = session.retrieve(Token.of(1)).file()) {
      assertThatExceptionOfType(AlreadyPreservedException.class)
          .isThrownBy(() -> next.preserve(Token.of(1), file));

      session.discard();

      next.preserve(Token.of(1), file);
    }
  }
}
