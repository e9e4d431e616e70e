// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static dev.luo.core.ScriptedHandler.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.FdKind;
import dev.luo.linux.Open;
import dev.luo.linux.OpenFlag;
import dev.luo.spi.HandoverMemory;
import dev.luo.spi.IdentityScope;
import dev.luo.spi.NoSuchTokenException;
import dev.luo.spi.OutgoingContext;
import dev.luo.spi.Recovery;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@NoDescriptorLeaks
class PreserveTest {

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
  @DisplayName("LUO-FIL-01 every token is allowed, 0 and the largest included")
  void fil01_preserve_withAnyToken() throws Exception {
    TwoStages.preserve(session, 0, -1, Long.MIN_VALUE);

    assertThat(session.tokens())
        .containsExactly(Token.of(0), Token.of(Long.MIN_VALUE), Token.of(-1));
  }

  @Test
  @DisplayName("LUO-FIL-02 a token in use is refused first, whatever the descriptor")
  void fil02_preserve_withTokenInUse() throws Exception {
    TwoStages.preserve(session, 1);
    Fd closed = Memfds.containing(2);
    closed.close();

    assertThatExceptionOfType(TokenInUseException.class)
        .isThrownBy(() -> session.preserve(Token.of(1), closed))
        .satisfies(e -> {
          assertThat(e.errno()).isEqualTo(Errno.EEXIST);
          assertThat(e.recovery()).isEqualTo(Recovery.FIX_ARGUMENTS);
          assertThat(e).hasMessageContaining("\"s\"").hasMessageContaining("0x1");
        });
  }

  @Test
  @DisplayName("LUO-FIL-03 the same token in two sessions is fine")
  void fil03_preserve_withTokenOfAnotherSession() throws Exception {
    TwoStages.preserve(session, 1);
    TwoStages.preserve(luo.createSession("t"), 1);

    assertThat(take(calls)).containsExactly("preserve 0x1", "preserve 0x1");
  }

  @Test
  @DisplayName("LUO-FIL-06 a file that no handler takes is named, with what handlers there are")
  void fil06_preserve_withoutHandler() throws Exception {
    try (Fd nothing = Open.file("/dev/null")) {
      assertThatExceptionOfType(NoHandlerException.class)
          .isThrownBy(() -> session.preserve(Token.of(1), nothing))
          .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT))
          .withMessageContaining("/dev/null")
          .withMessageContaining("scripted-memfd-v1");
    }
    assertThat(session.tokens()).isEmpty();
  }

  @Test
  @DisplayName("LUO-FIL-07 handlers are asked in the order of registration, and the first yes wins")
  void fil07_preserve_withTwoHandlers() throws Exception {
    List<String> second = new ArrayList<>();
    luo.register(new ScriptedHandler("other-memfd-v1", FdKind.MEMFD, second));

    TwoStages.preserve(session, 1);

    assertThat(calls).containsExactly("preserve 0x1");
    assertThat(second).isEmpty();
  }

  @Test
  @DisplayName("LUO-FIL-09 to 11 one thing is preserved once, over all sessions and duplicates")
  void fil09_fil10_fil11_preserve_sameFileTwice() throws Exception {
    OutgoingSession other = luo.createSession("t");
    try (Fd memfd = Memfds.containing(1);
        Fd duplicate = memfd.duplicate()) {
      session.preserve(Token.of(1), memfd);

      for (Fd same : List.of(memfd, duplicate)) {
        for (OutgoingSession any : List.of(session, other)) {
          assertThatExceptionOfType(AlreadyPreservedException.class)
              .isThrownBy(() -> any.preserve(Token.of(2), same))
              .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EBUSY))
              .withMessageContaining("token 0x1 of session \"s\"");
        }
      }
    }
    assertThat(take(calls)).containsExactly("preserve 0x1");
  }

  @Test
  @DisplayName("LUO-FIL-12 with the inode as identity a second description is the same thing")
  void fil12_preserve_secondDescription() throws Exception {
    try (Fd memfd = Memfds.containing(1);
        Fd again = Open.again(memfd, OpenFlag.READ_WRITE)) {
      session.preserve(Token.of(1), memfd);

      assertThatExceptionOfType(AlreadyPreservedException.class)
          .isThrownBy(() -> session.preserve(Token.of(2), again));
    }
  }

  @Test
  @DisplayName("LUO-FIL-12 with the open file as identity a second description is another thing")
  void fil12_preserve_secondDescriptionOfOpenFileScope() throws Exception {
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
  @DisplayName("LUO-FIL-16 a handler's refusal is passed on unchanged and leaves nothing behind")
  void fil16_preserve_refusedByHandler() throws Exception {
    handler.failing("preserve 0x1");
    try (Fd memfd = Memfds.containing(1)) {
      assertThatExceptionOfType(HandlerFailedException.class)
          .isThrownBy(() -> session.preserve(Token.of(1), memfd))
          .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EXDEV))
          .withMessage(
              "preserve failed for token 0x1 of session \"s\", handler scripted-memfd-v1"
                  + " [EXDEV]: told to");
      assertThat(session.tokens()).isEmpty();

      handler.mend("preserve 0x1");
      session.preserve(Token.of(1), memfd);
    }
    assertThat(take(calls)).containsExactly("preserve 0x1", "preserve 0x1");
  }

  @Test
  @DisplayName("LUO-FIL-17 and 20 the caller may close the descriptor; the file goes on")
  void fil17_fil20_preserve_thenCallerCloses() throws Exception {
    try (Fd memfd = Memfds.containing(7)) {
      session.preserve(Token.of(7), memfd);
      session.close();

      assertThat(Memfds.number(memfd)).isEqualTo(7);
    }
  }

  @Test
  @DisplayName("LUO-FIL-22 and 25 closing gives files up newest first; they can be preserved again")
  void fil22_fil25_close_givesFilesUp() throws Exception {
    TwoStages.preserve(session, 1, 2, 3);
    take(calls);

    session.close();

    assertThat(take(calls)).containsExactly("unpreserve 0x3", "unpreserve 0x2", "unpreserve 0x1");
    TwoStages.preserve(luo.createSession("s"), 1);
  }

  @Test
  @DisplayName("LUO-FIL-26 one file can be given up, unless another refers to it")
  void fil26_unpreserve_oneFile() throws Exception {
    handler.referring(2, 1);
    TwoStages.preserve(session, 1, 2);
    take(calls);

    assertThatExceptionOfType(FileReferredToException.class)
        .isThrownBy(() -> session.unpreserve(Token.of(1)))
        .withMessageContaining("0x2");
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
  void preserve_referringToWhatIsNotPreserved() throws Exception {
    handler.referring(2, 1);
    try (Fd memfd = Memfds.containing(2)) {
      assertThatExceptionOfType(HandlerFailedException.class)
          .isThrownBy(() -> session.preserve(Token.of(2), memfd))
          .withCauseInstanceOf(NoSuchTokenException.class);
    }
    assertThat(session.tokens()).isEmpty();
  }

  @Test
  void preserve_referringToItself() throws Exception {
    handler.whenPreserving = context -> context.refer(context.token());
    try (Fd memfd = Memfds.containing(2)) {
      assertThatExceptionOfType(HandlerFailedException.class)
          .isThrownBy(() -> session.preserve(Token.of(2), memfd))
          .withCauseInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void preserve_contextIsUsedAfterTheCall() throws Exception {
    List<OutgoingContext> kept = new ArrayList<>();
    List<HandoverMemory> memories = new ArrayList<>();
    handler.whenPreserving =
        context -> {
          kept.add(context);
          memories.add(context.memory());
        };
    TwoStages.preserve(session, 1);

    assertThatIllegalStateException().isThrownBy(() -> kept.getFirst().token());
    assertThatIllegalStateException().isThrownBy(() -> kept.getFirst().file());
    assertThatIllegalStateException().isThrownBy(() -> memories.getFirst().allocate(1));
  }

  @Test
  void close_goesOnAfterAHandlerThrew() throws Exception {
    handler.failing("unpreserve 0x2");
    TwoStages.preserve(session, 1, 2, 3);
    take(calls);

    session.close();

    assertThat(take(calls)).containsExactly("unpreserve 0x3", "unpreserve 0x2", "unpreserve 0x1");
  }

  @Test
  void preserve_inClosedSession() throws Exception {
    session.close();
    session.close();

    try (Fd memfd = Memfds.containing(1)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> session.preserve(Token.of(1), memfd))
          .withMessageContaining("closed");
    }
  }
}
