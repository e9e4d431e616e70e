// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.linux.Fd;
import dev.luo.spi.NoSuchTokenException;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files that name others when they are preserved. */
@NoDescriptorLeaks
class OutgoingReferenceTest {

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
}
