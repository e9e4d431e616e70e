// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.linux.Errno;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No update while something that came is not finished. */
@NoDescriptorLeaks
class UnfinishedUpdateTest {

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
  void ses39_ses40_anUpdateWithUnfinishedSessionsIsRefused() {
    assertThatExceptionOfType(IncomingUnfinishedException.class)
        .isThrownBy(() -> successor.update(Successor.sameCommand()))
        .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EBUSY))
        .withMessageContaining("s, t, empty");
  }
}
