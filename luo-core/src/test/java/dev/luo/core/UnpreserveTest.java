// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static dev.luo.core.ScriptedHandler.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.FdKind;
import dev.luo.linux.Pipe;
import dev.luo.linux.Poll;
import dev.luo.spi.NoSuchTokenException;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files that are given up, one by one or with their session. */
@NoDescriptorLeaks
class UnpreserveTest {

  private final List<String> calls = new ArrayList<>();
  private final ScriptedHandler handler = ScriptedHandler.forMemfds(calls);
  private LiveUpdate luo;
  private OutgoingSession session;

  @BeforeEach
  void open() throws Exception {
    luo = TwoStages.open(handler);
    session = luo.createSession("s");
  }

  @AfterEach
  void close() {
    luo.close();
  }

  @Test
  void fil22_fil25_closeGivesUpNewestFirstAndAllCanBePreservedAgain() throws Exception {
    TwoStages.preserve(session, 1, 2, 3);
    take(calls);

    session.close();

    assertThat(take(calls)).containsExactly("unpreserve 0x3", "unpreserve 0x2", "unpreserve 0x1");
    TwoStages.preserve(luo.createSession("s"), 1);
  }

  @Test
  void fil26_oneFileIsGivenUpUnlessAnotherRefersToIt() throws Exception {
    handler.referring(2, 1);
    TwoStages.preserve(session, 1, 2);
    take(calls);

    assertThatExceptionOfType(FileReferredToException.class)
        .isThrownBy(() -> session.unpreserve(Token.of(1)))
        .withMessageContaining("0x2")
        .satisfies(e -> {
          assertThat(e.session()).isEqualTo("s");
          assertThat(e.token()).isEqualTo(Token.of(1));
          assertThat(e.by()).isEqualTo(Token.of(2));
        });
    session.unpreserve(Token.of(2));
    session.unpreserve(Token.of(1));

    assertThat(take(calls)).containsExactly("unpreserve 0x2", "unpreserve 0x1");
    assertThat(session.tokens()).isEmpty();
  }

  @Test
  void unpreserve_ofUnknownToken() {
    assertThatExceptionOfType(NoSuchTokenException.class)
        .isThrownBy(() -> session.unpreserve(Token.of(9)))
        .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
  }

  @Test
  void ses34_closeGoesOnAfterAHandlerThrew() throws Exception {
    handler.failing("unpreserve 0x2");
    TwoStages.preserve(session, 1, 2, 3);
    take(calls);

    session.close();

    assertThat(take(calls)).containsExactly("unpreserve 0x3", "unpreserve 0x2", "unpreserve 0x1");
    luo.createSession("s");
  }

  @Test
  void fil25_theSameFileIsPreservedAgainUnderTheSameToken() throws Exception {
    try (Fd memfd = Memfds.containing(1)) {
      for (int i = 0; i < 3; i++) {
        try (OutgoingSession again = luo.createSession("again")) {
          again.preserve(Token.of(1), memfd);
        }
      }
      for (int i = 0; i < 3; i++) {
        session.preserve(Token.of(1), memfd);
        session.unpreserve(Token.of(1));
      }
    }
  }

  @Test
  void fil23_theHandlerIsFirstThenItsStatesInReverseThenIdentityAndReference() throws Exception {
    List<String> moments = new ArrayList<>();
    try (Pipe pipe = Pipe.create()) {
      Fd writing = pipe.writing();
      CountedState first = new CountedState("first-v1", 1, moments);
      CountedState second = new CountedState("second-v1", 2, moments);
      ScriptedHandler ofPipes =
          new ScriptedHandler("scripted-pipe-v1", FdKind.PIPE, moments, first, second);
      LiveUpdate other = TwoStages.open(ofPipes);
      OutgoingSession files = other.createSession("s");
      files.preserve(Token.of(1), writing);
      OutgoingSession elsewhere = other.createSession("t");
      first.whenUnpreserving =
          () -> {
            assertThatExceptionOfType(AlreadyPreservedException.class)
                .isThrownBy(() -> elsewhere.preserve(Token.of(2), writing));
            moments.add("still taken");
          };
      moments.clear();

      files.unpreserve(Token.of(1));

      assertThat(moments)
          .containsExactly(
              "unpreserve 0x1", "unpreserve second-v1 2", "unpreserve first-v1 1", "still taken");
      writing.close();
      assertThat(Poll.awaitReadable(pipe.reading(), Long.MAX_VALUE)).isTrue();
      other.close();
    }
  }
}
