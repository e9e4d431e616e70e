// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static dev.luo.core.ScriptedHandler.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.core.testing.InProcessHandover;
import dev.luo.linux.Errno;
import dev.luo.spi.Deadline;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@NoDescriptorLeaks
class FreezeTest {

  private final List<String> calls = new ArrayList<>();
  private final ScriptedHandler handler = ScriptedHandler.forMemfds(calls);

  /** Writes pause and resume down, between the calls of the handler. */
  private final Quiescer quiescer =
      new Quiescer() {
        @Override
        public void pause(Deadline deadline) {
          calls.add("pause");
          if (unpausable) {
            throw new IllegalStateException("busy");
          }
        }

        @Override
        public void resume() {
          calls.add("resume");
        }
      };

  private boolean unpausable;
  private LiveUpdate luo;

  @BeforeEach
  void open() throws Exception {
    luo = InProcessHandover.open(TwoStages.options(handler).quiescer(quiescer));
    TwoStages.preserve(luo.createSession("a"), 0xa1, 0xa2);
    TwoStages.preserve(luo.createSession("b"), 0xb1, 0xb2);
    TwoStages.preserve(luo.createSession("c"), 0xc1, 0xc2);
    calls.clear();
  }

  @AfterEach
  void close() {
    luo.close();
  }

  private void refused(String... expected) {
    assertThatExceptionOfType(FreezeRefusedException.class)
        .isThrownBy(() -> TwoStages.handOver(luo, ScriptedHandler.forMemfds(calls)));
    assertThat(take(calls)).containsExactly(expected);
  }

  @Test
  @DisplayName("LUO-SER-02 sessions are frozen in the order of creation, files oldest first")
  void ser02_freeze_order() throws Exception {
    try (InProcessHandover handover =
        TwoStages.handOver(luo, ScriptedHandler.forMemfds(new ArrayList<>()))) {
      assertThat(take(calls))
          .containsExactly(
              "pause",
              "freeze 0xa1",
              "freeze 0xa2",
              "freeze 0xb1",
              "freeze 0xb2",
              "freeze 0xc1",
              "freeze 0xc2");
      discardAll(handover.successor());
    }
  }

  private static void discardAll(LiveUpdate successor) throws Exception {
    for (String name : successor.incoming().orElseThrow().sessions()) {
      try (IncomingSession session = successor.retrieveSession(name)) {
        session.discard();
      }
    }
    successor.close();
  }

  @Test
  @DisplayName("LUO-SER-06 to 10 a refusal in the middle is undone in the kernel's order")
  void ser06_ser07_ser08_ser09_ser10_freeze_refusedInTheMiddle() {
    handler.failing("freeze 0xb2");

    refused(
        "pause",
        "freeze 0xa1",
        "freeze 0xa2",
        "freeze 0xb1",
        "freeze 0xb2",
        "unfreeze 0xb1",
        "unfreeze 0xa1",
        "unfreeze 0xa2",
        "resume");
  }

  @Test
  @DisplayName("LUO-SER-07 nothing is undone if the first file refuses")
  void ser07_freeze_refusedByTheFirst() {
    handler.failing("freeze 0xa1");

    refused("pause", "freeze 0xa1", "resume");
  }

  @Test
  @DisplayName("LUO-SER-09 everything is undone if the last file refuses")
  void ser09_freeze_refusedByTheLast() {
    handler.failing("freeze 0xc2");

    refused(
        "pause",
        "freeze 0xa1",
        "freeze 0xa2",
        "freeze 0xb1",
        "freeze 0xb2",
        "freeze 0xc1",
        "freeze 0xc2",
        "unfreeze 0xc1",
        "unfreeze 0xb1",
        "unfreeze 0xb2",
        "unfreeze 0xa1",
        "unfreeze 0xa2",
        "resume");
  }

  @Test
  @DisplayName("LUO-SER-06 the refusal carries the handler's errno, session, token and step")
  void ser06_freeze_refusalSaysWho() {
    handler.failing("freeze 0xb2");

    assertThatExceptionOfType(FreezeRefusedException.class)
        .isThrownBy(() -> TwoStages.handOver(luo, ScriptedHandler.forMemfds(calls)))
        .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EXDEV))
        .withMessageContaining(
            "freeze failed for token 0xb2 of session \"b\", handler scripted-memfd-v1 [EXDEV]");
  }

  @Test
  @DisplayName("LUO-SER-11 and 13 after a refusal sessions work, and a second attempt freezes all")
  void ser11_ser13_freeze_againAfterRefusal() throws Exception {
    handler.failing("freeze 0xc2");
    refusedAnyhow();
    handler.mend("freeze 0xc2");
    TwoStages.preserve(luo.createSession("d"), 0xd1);
    take(calls);

    try (InProcessHandover handover =
        TwoStages.handOver(luo, ScriptedHandler.forMemfds(new ArrayList<>()))) {
      assertThat(take(calls)).hasSize(8).startsWith("pause", "freeze 0xa1").endsWith("freeze 0xd1");
      discardAll(handover.successor());
    }
  }

  private void refusedAnyhow() {
    assertThatExceptionOfType(FreezeRefusedException.class)
        .isThrownBy(() -> TwoStages.handOver(luo, ScriptedHandler.forMemfds(calls)));
    take(calls);
  }

  @Test
  void freeze_ofAWorkloadThatCannotBePaused() {
    unpausable = true;

    refused("pause", "resume");
  }

  @Test
  void takeBack_thawsEverything() throws Exception {
    try (InProcessHandover handover =
        TwoStages.handOver(luo, ScriptedHandler.forMemfds(new ArrayList<>()))) {
      take(calls);
      discardAll(handover.successor());
      handover.takeBack();
    }

    assertThat(take(calls))
        .containsExactly(
            "unfreeze 0xc1",
            "unfreeze 0xc2",
            "unfreeze 0xb1",
            "unfreeze 0xb2",
            "unfreeze 0xa1",
            "unfreeze 0xa2",
            "resume");
    TwoStages.preserve(luo.createSession("d"), 0xd1);
  }

  @Test
  @DisplayName(
      "LUO-SER-11 an error out of unfreeze leaves neither the workload paused nor the gate closed")
  void ser11_unfreeze_throwsAnError() throws Exception {
    handler.failing("freeze 0xb2").failing("unfreeze 0xb1").failing("unfreeze 0xa1").fatal = true;

    refused(
        "pause",
        "freeze 0xa1",
        "freeze 0xa2",
        "freeze 0xb1",
        "freeze 0xb2",
        "unfreeze 0xb1",
        "unfreeze 0xa1",
        "unfreeze 0xa2",
        "resume");
    TwoStages.preserve(luo.createSession("d"), 0xd1);
  }

  @Test
  void unfreeze_goesOnAfterAHandlerThrew() {
    handler.failing("freeze 0xb2").failing("unfreeze 0xb1").failing("unfreeze 0xa1");

    refused(
        "pause",
        "freeze 0xa1",
        "freeze 0xa2",
        "freeze 0xb1",
        "freeze 0xb2",
        "unfreeze 0xb1",
        "unfreeze 0xa1",
        "unfreeze 0xa2",
        "resume");
  }
}
