// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.core.testing.InProcessHandover;
import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.spi.Recovery;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which file may stand on which, by their importance. */
@NoDescriptorLeaks
class ImportanceTest {

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

  private void preserve(long token, Importance importance) throws Exception {
    try (Fd memfd = Memfds.containing(token)) {
      session.preserve(Token.of(token), memfd, importance, Attachment.NONE);
    }
  }

  @Test
  void mandatoryFile_thatRefersToAnOptionalOne_isRefused() throws Exception {
    handler.referring(2, 1);
    preserve(1, Importance.OPTIONAL);

    assertThatExceptionOfType(HandlerFailedException.class)
        .isThrownBy(() -> preserve(2, Importance.MANDATORY))
        .withCauseInstanceOf(DependsOnOptionalException.class)
        .withMessageContaining("0x2")
        .withMessageContaining("0x1")
        .satisfies(e -> {
          assertThat(e.errno()).isEqualTo(Errno.EINVAL);
          assertThat(e.recovery()).isEqualTo(Recovery.FIX_ARGUMENTS);
        });
    assertThat(session.tokens()).containsExactly(Token.of(1));

    preserve(2, Importance.OPTIONAL);
    assertThat(session.tokens()).containsExactly(Token.of(1), Token.of(2));
  }

  @Test
  void anyFile_mayReferToAMandatoryOne() throws Exception {
    handler.referring(2, 1).referring(3, 1);
    preserve(1, Importance.MANDATORY);

    preserve(2, Importance.MANDATORY);
    preserve(3, Importance.OPTIONAL);

    assertThat(session.tokens()).hasSize(3);
  }

  @Test
  void mandatoryFile_thatRefersToAnOptionalOneAtFreeze_refusesTheUpdate() throws Exception {
    preserve(1, Importance.OPTIONAL);
    preserve(2, Importance.MANDATORY);
    handler.whenFreezing =
        context -> {
          if (context.token().equals(Token.of(2))) {
            context.refer(Token.of(1)).close();
          }
        };

    assertThatExceptionOfType(FreezeRefusedException.class)
        .isThrownBy(() -> TwoStages.handOver(luo, handler).close())
        .havingRootCause()
        .isInstanceOfSatisfying(
            DependsOnOptionalException.class,
            refused -> {
              assertThat(refused.session()).isEqualTo("s");
              assertThat(refused.mandatory()).isEqualTo(Token.of(2));
              assertThat(refused.optional()).isEqualTo(Token.of(1));
            });

    handler.whenFreezing = context -> {};
    try (InProcessHandover handover = TwoStages.handOver(luo, handler)) {
      try (LiveUpdate successor = handover.successor();
          IncomingSession came = successor.retrieveSession("s")) {
        assertThat(came.tokens()).containsExactly(Token.of(1), Token.of(2));
        came.discard();
      }
    }
  }
}
