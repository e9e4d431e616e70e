// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static dev.luo.core.ScriptedHandler.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.linux.Errno;
import dev.luo.spi.ReferenceCycleException;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files that need others to be retrieved. */
@NoDescriptorLeaks
class IncomingReferenceTest {

  private final List<String> calls = new ArrayList<>();
  private final ScriptedHandler handler = ScriptedHandler.forMemfds(calls);
  private LiveUpdate successor;
  private IncomingSession session;

  @BeforeEach
  void handOver() throws Exception {
    successor = TwoStages.arrived(handler);
    session = successor.retrieveSession("s");
  }

  @AfterEach
  void end() throws Exception {
    handler.refuseToFinish(null);
    session.close();
    TwoStages.discardAll(successor);
    successor.close();
  }

  @Test
  void retrieve_ofAFileThatRefersToAnother() throws Exception {
    handler.referring(3, 1);

    assertThat(TwoStages.number(session, 3)).isEqualTo(3);

    assertThat(take(calls))
        .containsExactly("retrieve 0x3", "retrieve 0x1", "resume 0x1", "resume 0x3");
  }

  @Test
  void retrieve_ofFilesThatReferToEachOther() {
    handler.referring(1, 2).referring(2, 3).referring(3, 1);

    assertThatExceptionOfType(HandlerFailedException.class)
        .isThrownBy(() -> session.retrieve(Token.of(1)))
        .satisfies(e -> {
          assertThat(e).hasRootCauseInstanceOf(ReferenceCycleException.class);
          assertThat(e).rootCause().hasMessageContaining("0x1 -> 0x2 -> 0x3");
          assertThat(e.errno()).isEqualTo(Errno.ELOOP);
        });
  }
}
