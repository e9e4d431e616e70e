// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static dev.luo.core.ScriptedHandler.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.FdKind;
import dev.luo.linux.Open;
import dev.luo.linux.OpenFlag;
import dev.luo.spi.IdentityScope;
import dev.luo.spi.LuoException;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One thing is in the hands of luo once. */
@NoDescriptorLeaks
class IdentityTest {

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
  void fil09_fil10_fil11_oneFileIsPreservedOnceOverSessionsAndDuplicates() throws Exception {
    OutgoingSession other = luo.createSession("t");
    try (Fd memfd = Memfds.containing(1);
        Fd duplicate = memfd.duplicate()) {
      session.preserve(Token.of(1), memfd);

      for (Fd same : List.of(memfd, duplicate)) {
        for (OutgoingSession any : List.of(session, other)) {
          assertThatExceptionOfType(AlreadyPreservedException.class)
              .isThrownBy(() -> any.preserve(Token.of(2), same))
              .satisfies(e -> {
                assertThat(e.errno()).isEqualTo(Errno.EBUSY);
                assertThat(e.session()).isEqualTo("s");
                assertThat(e.token()).isEqualTo(Token.of(1));
                assertThat(e.compatible().value()).isEqualTo("scripted-memfd-v1");
              })
              .withMessageContaining("token 0x1 of session \"s\"");
        }
      }
    }
    assertThat(take(calls)).containsExactly("preserve 0x1");
  }

  @Test
  void fil12_withTheInodeAsIdentityASecondDescriptionIsTheSameThing() throws Exception {
    try (Fd memfd = Memfds.containing(1);
        Fd again = Open.again(memfd, OpenFlag.READ_WRITE)) {
      session.preserve(Token.of(1), memfd);

      assertThatExceptionOfType(AlreadyPreservedException.class)
          .isThrownBy(() -> session.preserve(Token.of(2), again))
          .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EBUSY));
    }
  }

  @Test
  void fil12_withTheOpenFileAsIdentityASecondDescriptionIsAnotherThing() throws Exception {
    ScriptedHandler byDescription = ScriptedHandler.forMemfds(calls);
    byDescription.scope = IdentityScope.OPEN_FILE;
    try (LiveUpdate other = TwoStages.open(byDescription);
        Fd memfd = Memfds.containing(1);
        Fd duplicate = memfd.duplicate();
        Fd again = Open.again(memfd, OpenFlag.READ_WRITE)) {
      OutgoingSession files = other.createSession("s");
      files.preserve(Token.of(1), memfd);
      files.preserve(Token.of(2), again);

      assertThatExceptionOfType(AlreadyPreservedException.class)
          .isThrownBy(() -> files.preserve(Token.of(3), duplicate));
    }
  }

  @Test
  void fil09_fil13_anotherHandlerDoesNotMakeItAnotherThing() throws Exception {
    List<String> second = new ArrayList<>();
    luo.register(new ScriptedHandler("other-memfd-v1", FdKind.MEMFD, second));
    OutgoingSession other = luo.createSession("t");
    try (Fd memfd = Memfds.containing(1)) {
      session.preserve(Token.of(1), memfd);
      handler.taking = false;

      for (OutgoingSession any : List.of(session, other)) {
        assertThatExceptionOfType(AlreadyPreservedException.class)
            .isThrownBy(() -> any.preserve(Token.of(2), memfd))
            .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EBUSY));
      }
      assertThat(second).isEmpty();

      session.unpreserve(Token.of(1));
      other.preserve(Token.of(2), memfd);
      assertThat(second).containsExactly("preserve 0x2");
    }
  }

  /** The second one comes while the handler still works on the first. */
  @Test
  @Timeout(60)
  void fil47_ofTwoPreservesAtOnceOneSucceeds() throws Exception {
    OutgoingSession other = luo.createSession("t");
    List<Errno> refused = new ArrayList<>();
    try (Fd memfd = Memfds.containing(1)) {
      handler.whenPreserving =
          context ->
              CompletableFuture.runAsync(
                      () -> {
                        try {
                          other.preserve(Token.of(2), memfd);
                        } catch (LuoException e) {
                          refused.add(e.errno());
                        }
                      })
                  .join();
      session.preserve(Token.of(1), memfd);
    }

    assertThat(refused).containsExactly(Errno.EBUSY);
    assertThat(take(calls)).containsExactly("preserve 0x1");
    assertThat(other.tokens()).isEmpty();
  }
}
