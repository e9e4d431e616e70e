// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static dev.luo.core.ScriptedHandler.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
}
