// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.core.testing.InProcessHandover;
import dev.luo.linux.Errno;
import dev.luo.linux.FdKind;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The kernel's half of the rules about opening that are marked safe. */
@NoDescriptorLeaks
class StrictOpeningTest {

  private final List<String> calls = new ArrayList<>();
  private LiveUpdate predecessor;

  @BeforeEach
  void preserve() throws Exception {
    predecessor = TwoStages.open(ScriptedHandler.forMemfds(new ArrayList<>()));
    TwoStages.preserve(predecessor.createSession("s"), 1);
    predecessor.createSession("empty");
  }

  @AfterEach
  void close() {
    predecessor.close();
  }

  @Test
  void des08_des13_des19_reg13_missingHandlerRefusesEverything() {
    ScriptedHandler another = new ScriptedHandler("another-v1", FdKind.MEMFD, calls);

    assertThatExceptionOfType(ImageRefusedException.class)
        .isThrownBy(() ->
            InProcessHandover.handOver(predecessor, TwoStages.options(another).strict()).close())
        .withMessageContaining("scripted-memfd-v1")
        .withMessageContaining("0x1")
        .withMessageContaining("another-v1")
        .satisfies(e -> {
          assertThat(e.errno()).isEqualTo(Errno.EIO);
          assertThat(e.where()).isEqualTo("session \"s\"");
        });
    assertThat(calls).isEmpty();
  }

  @Test
  void des14_refusalCallsNobodyAndLosesNothing() throws Exception {
    assertThatExceptionOfType(ImageRefusedException.class)
        .isThrownBy(
            () -> InProcessHandover.handOver(predecessor, TwoStages.options().strict()).close());

    ScriptedHandler handler = ScriptedHandler.forMemfds(calls);
    try (InProcessHandover handover =
            InProcessHandover.handOver(predecessor, TwoStages.options(handler).strict());
        LiveUpdate successor = handover.successor()) {
      try (IncomingSession session = successor.retrieveSession("s")) {
        assertThat(TwoStages.number(session, 1)).isEqualTo(1);
        session.finish();
      }
      successor.retrieveSession("empty").close();
      handover.takeBack();
    }
  }

  @Test
  void des08_emptySessionsNeedNoHandler() throws Exception {
    try (LiveUpdate only = TwoStages.open()) {
      only.createSession("empty");
      try (InProcessHandover handover =
              InProcessHandover.handOver(only, TwoStages.options().strict());
          LiveUpdate successor = handover.successor()) {
        successor.retrieveSession("empty").close();
        handover.takeBack();
      }
    }
  }
}
