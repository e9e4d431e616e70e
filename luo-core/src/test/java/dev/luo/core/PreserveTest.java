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
import dev.luo.spi.HandlerException;
import dev.luo.spi.HandoverMemory;
import dev.luo.spi.OutgoingContext;
import dev.luo.spi.Recovery;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files that are taken, and the order of what refuses them. */
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
  void fil01_everyTokenWorks() throws Exception {
    TwoStages.preserve(session, 0, -1, Long.MIN_VALUE);

    assertThat(session.tokens())
        .containsExactly(Token.of(0), Token.of(Long.MIN_VALUE), Token.of(-1));
  }

  @Test
  void fil02_aTokenInUseIsRefusedWhateverTheDescriptor() throws Exception {
    TwoStages.preserve(session, 1);
    Fd closed = Memfds.containing(2);
    closed.close();

    assertThatExceptionOfType(TokenInUseException.class)
        .isThrownBy(() -> session.preserve(Token.of(1), closed))
        .satisfies(e -> {
          assertThat(e.errno()).isEqualTo(Errno.EEXIST);
          assertThat(e.recovery()).isEqualTo(Recovery.FIX_ARGUMENTS);
          assertThat(e).hasMessageContaining("\"s\"").hasMessageContaining("0x1");
          assertThat(e.session()).isEqualTo("s");
          assertThat(e.token()).isEqualTo(Token.of(1));
        });
  }

  @Test
  void fil03_twoSessionsMayUseOneToken() throws Exception {
    TwoStages.preserve(session, 1);
    TwoStages.preserve(luo.createSession("t"), 1);

    assertThat(take(calls)).containsExactly("preserve 0x1", "preserve 0x1");
  }

  @Test
  void fil06_aFileThatNoHandlerTakesIsRefused() throws Exception {
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
  void fil07_theFirstHandlerThatAcceptsWins() throws Exception {
    List<String> second = new ArrayList<>();
    luo.register(new ScriptedHandler("other-memfd-v1", FdKind.MEMFD, second));

    TwoStages.preserve(session, 1);

    assertThat(calls).containsExactly("preserve 0x1");
    assertThat(second).isEmpty();
  }

  @Test
  void fil17_fil20_theCallerMayCloseAndTheFileGoesOn() throws Exception {
    try (Fd memfd = Memfds.containing(7)) {
      session.preserve(Token.of(7), memfd);
      session.close();

      assertThat(Memfds.number(memfd)).isEqualTo(7);
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
  void preserve_inClosedSession() throws Exception {
    session.close();
    session.close();

    try (Fd memfd = Memfds.containing(1)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> session.preserve(Token.of(1), memfd))
          .withMessageContaining("closed");
    }
  }

  /** Closed behind the back of its owner; one closed by its owner is a mistake in the program. */
  @Test
  void fil05_aClosedDescriptorIsRefusedBeforeAnyHandlerIsAsked() throws Exception {
    handler.taking = false;
    Fd notOpen;
    try (Fd memfd = Memfds.containing(1)) {
      notOpen = Fd.adopt(memfd.number());
    }
    assertThatExceptionOfType(HandlerException.class)
        .isThrownBy(() -> session.preserve(Token.of(1), notOpen))
        .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EBADF));
    int _ = notOpen.release();

    assertThatIllegalStateException().isThrownBy(() -> session.preserve(Token.of(1), notOpen));
    assertThat(session.tokens()).isEmpty();
  }

  @Test
  void fil06_fil09_aHandlerIsLookedForBeforeTheIdentity() throws Exception {
    try (Fd memfd = Memfds.containing(1)) {
      session.preserve(Token.of(1), memfd);
      handler.taking = false;

      assertThatExceptionOfType(NoHandlerException.class)
          .isThrownBy(() -> session.preserve(Token.of(2), memfd))
          .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
    }
  }

  @Test
  void reg05_reg07_fil07_aHandlerRegisteredWhileThereAreSessionsIsAskedLast() throws Exception {
    List<String> second = new ArrayList<>();
    luo.register(new ScriptedHandler("other-memfd-v1", FdKind.MEMFD, second));
    TwoStages.preserve(session, 1);
    handler.taking = false;

    TwoStages.preserve(session, 2);

    assertThat(take(calls)).containsExactly("preserve 0x1");
    assertThat(take(second)).containsExactly("preserve 0x2");
  }
}
