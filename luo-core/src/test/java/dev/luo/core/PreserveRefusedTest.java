// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static dev.luo.core.ScriptedHandler.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.LinuxException;
import dev.luo.spi.HandlerException;
import dev.luo.spi.LuoException;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A preserve that a handler refuses has changed nothing. */
@NoDescriptorLeaks
class PreserveRefusedTest {

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
  void fil16_aRefusalIsPassedOnUnchangedAndLeavesNothingBehind() throws Exception {
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

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void fil16_oneFileOfThreeIsRefusedAndConcernsNoOther(long refused) throws Exception {
    handler.failing("preserve " + Token.of(refused));
    List<Token> others = new ArrayList<>();
    for (long token = 1; token <= 3; token++) {
      if (token == refused) {
        assertThatExceptionOfType(HandlerFailedException.class)
            .isThrownBy(() -> TwoStages.preserve(session, refused));
      } else {
        TwoStages.preserve(session, token);
        others.add(Token.of(token));
      }
    }
    take(calls);

    assertThat(session.tokens()).containsExactlyElementsOf(others);
    session.close();
    assertThat(take(calls))
        .containsExactlyElementsOf(
            others.reversed().stream().map(token -> "unpreserve " + token).toList());
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new HandlerException("no", Errno.ENOLCK), Errno.ENOLCK),
        Arguments.of(new LinuxException(Errno.ENODEV, "ioctl", ""), Errno.ENODEV),
        Arguments.of(new IOException("no"), Errno.EIO),
        Arguments.of(new IllegalArgumentException("no"), Errno.EIO));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void fil16_theErrnoIsThatOfTheHandler(Exception thrown, Errno errno) throws Exception {
    handler.whenPreserving =
        context -> {
          switch (thrown) {
            case LuoException e -> throw e;
            case IOException e -> throw e;
            default -> throw (RuntimeException) thrown;
          }
        };
    try (Fd memfd = Memfds.containing(1)) {
      assertThatExceptionOfType(HandlerFailedException.class)
          .isThrownBy(() -> session.preserve(Token.of(1), memfd))
          .satisfies(e -> assertThat(e.errno()).isEqualTo(errno))
          .withCause(thrown);

      handler.whenPreserving = context -> {};
      session.preserve(Token.of(1), memfd);
    }
  }

  /** The reserve holds a few of these records, not hundreds. */
  @Test
  void fil16_memoryOfARefusedFileIsGivenBack() throws Exception {
    handler.whenPreserving =
        context -> {
          context.memory().allocate(1 << 20);
          throw new HandlerException("no", Errno.ENOLCK);
        };
    try (Fd memfd = Memfds.containing(1)) {
      for (int i = 0; i < 200; i++) {
        assertThatExceptionOfType(HandlerFailedException.class)
            .isThrownBy(() -> session.preserve(Token.of(1), memfd))
            .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENOLCK));
      }
    }
  }
}
