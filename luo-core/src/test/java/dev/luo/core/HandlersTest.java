// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static dev.luo.core.ScriptedHandler.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.core.testing.InProcessHandover;
import dev.luo.linux.FdKind;
import dev.luo.spi.Compatible;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Handlers that are looked at and switched while luo is open. */
@NoDescriptorLeaks
class HandlersTest {

  private final List<String> calls = new ArrayList<>();
  private final ScriptedHandler handler = ScriptedHandler.forMemfds(calls);

  @Test
  void list_showsWhatEachDoesAndHas() throws Exception {
    handler.older = Set.of(Compatible.of("scripted-memfd-v0"));
    try (LiveUpdate successor = TwoStages.arrived(handler)) {
      OutgoingSession session = successor.createSession("out");
      TwoStages.preserve(session, 1, 2);

      HandlerStatus status = successor.handlers().list().getFirst();

      assertThat(status.compatible()).isEqualTo(handler.compatible());
      assertThat(status.writing()).isEqualTo(handler.compatible());
      assertThat(status.accepts()).hasSize(2).isEqualTo(status.writes());
      assertThat(status.preserved()).isEqualTo(2);
      assertThat(status.unfinished()).isEqualTo(4);
      assertThat(status.bytes()).isEqualTo(2 * 64);
      assertThat(status.enabled()).isTrue();
      session.close();
      TwoStages.discardAll(successor);
      assertThat(successor.handlers().list().getFirst().bytes()).isZero();
    }
  }

  @Test
  void switchOff_whatItHasStaysAndCrosses_nothingNewIsTaken() throws Exception {
    ScriptedHandler second =
        new ScriptedHandler("second-memfd-v1", FdKind.MEMFD, new ArrayList<>());
    LiveUpdate luo = TwoStages.open(handler, second);
    OutgoingSession session = luo.createSession("s");
    TwoStages.preserve(session, 1);
    luo.handlers().switchOff(handler.compatible());
    take(calls);

    TwoStages.preserve(session, 2);
    assertThat(take(calls)).isEmpty();
    try (InProcessHandover handover = TwoStages.handOver(luo, handler, second);
        LiveUpdate successor = handover.successor();
        IncomingSession came = successor.retrieveSession("s")) {
      assertThat(take(calls)).containsExactly("freeze 0x1");
      successor.handlers().switchOff(handler.compatible());
      assertThat(TwoStages.number(came, 1)).isEqualTo(1);
      assertThat(TwoStages.number(came, 2)).isEqualTo(2);
      came.finish();
      successor.handlers().switchOn(handler.compatible());
      take(calls);
      TwoStages.preserve(successor.createSession("s"), 3);
      assertThat(take(calls)).containsExactly("preserve 0x3");
    }
  }

  @Test
  void switchOff_ofNoHandler() throws Exception {
    try (LiveUpdate luo = TwoStages.open(handler)) {
      assertThatExceptionOfType(NoHandlerException.class)
          .isThrownBy(() -> luo.handlers().switchOff(Compatible.of("unknown-v1")))
          .withMessageContaining("scripted-memfd-v1");
    }
  }
}
