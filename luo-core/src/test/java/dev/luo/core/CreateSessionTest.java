// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.luo.core.testing.InProcessHandover;
import dev.luo.linux.Errno;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of outgoing sessions. */
@NoDescriptorLeaks
class CreateSessionTest {

  private LiveUpdate luo;

  @BeforeEach
  void open() throws Exception {
    luo = TwoStages.open();
  }

  @AfterEach
  void close() {
    luo.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "VM-42", "vm-42", "überholt", "\n\t\"", "€€€€€€€€€€€€€€€€€€€€€"})
  void ses01_ses04_ses06_namesOf1To63BytesWorkWhateverTheBytes(String name) throws Exception {
    OutgoingSession session = luo.createSession(name);

    assertThat(session.name()).isEqualTo(name);
    assertThat(session.tokens()).isEmpty();
  }

  @Test
  void ses02_ses03_emptyAndLongNamesAreRefused() {
    for (String name :
        List.of("", "a\0b", "x".repeat(64), "€".repeat(21) + "x", "half a pair: \ud800")) {
      assertThatExceptionOfType(InvalidSessionNameException.class)
          .isThrownBy(() -> luo.createSession(name))
          .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL));
    }
  }

  @Test
  void ses07_ses08_ses10_aNameIsUsedOnceAtATime() throws Exception {
    OutgoingSession session = luo.createSession("s");
    luo.createSession("t");

    assertThatExceptionOfType(SessionExistsException.class)
        .isThrownBy(() -> luo.createSession("s"))
        .satisfies(e -> {
          assertThat(e.errno()).isEqualTo(Errno.EEXIST);
          assertThat(e.session()).isEqualTo("s");
        });
    assertThat(session.tokens()).isEmpty();
    session.close();
    assertThat(luo.createSession("s").tokens()).isEmpty();
  }

  @Test
  void ses09_anOutgoingSessionMayHaveTheNameOfAnIncomingOne() throws Exception {
    luo.createSession("s");
    try (InProcessHandover handover = TwoStages.handOver(luo);
        LiveUpdate successor = handover.successor();
        IncomingSession session = successor.retrieveSession("s")) {
      try (OutgoingSession other = successor.createSession("s")) {
        assertThat(other.name()).isEqualTo("s");
      }
      session.finish();
    }
  }

  @Test
  void createSession_afterClose() {
    luo.close();

    assertThatIllegalStateException().isThrownBy(() -> luo.createSession("s"));
  }

  @Test
  void ses06_ses08_namesAreComparedByteByByte() throws Exception {
    for (String name : List.of("vm", "VM", "vm ", "\u00fc", "u\u0308")) {
      luo.createSession(name);
    }
  }

  @Test
  void ses07_theSessionWhoseNameIsAskedForAgainGoesOn() throws Exception {
    try (LiveUpdate other = TwoStages.open(new MinimalHandler())) {
      OutgoingSession session = other.createSession("s");
      TwoStages.preserve(session, 1);

      assertThatExceptionOfType(SessionExistsException.class)
          .isThrownBy(() -> other.createSession("s"));

      TwoStages.preserve(session, 2);
      assertThat(session.tokens()).containsExactly(Token.of(1), Token.of(2));
    }
  }
}
