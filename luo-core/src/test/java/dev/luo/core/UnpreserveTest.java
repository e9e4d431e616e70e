// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static dev.luo.core.ScriptedHandler.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.linux.Errno;
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
  void ses34_closeGoesOnAfterAHandlerThrew() throws Exception {
    handler.failing("unpreserve 0x2");
    TwoStages.preserve(session, 1, 2, 3);
    take(calls);

    session.close();

    assertThat(take(calls)).containsExactly("unpreserve 0x3", "unpreserve 0x2", "unpreserve 0x1");
    luo.createSession("s");
  }
}
