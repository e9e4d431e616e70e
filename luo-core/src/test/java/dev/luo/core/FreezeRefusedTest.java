// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static dev.luo.core.ScriptedHandler.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.core.testing.InProcessHandover;
import dev.luo.linux.Errno;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An update that a file refuses is undone, in the order of the kernel. */
@NoDescriptorLeaks
class FreezeRefusedTest {

  private final List<String> calls = new ArrayList<>();
  private final ScriptedHandler handler = ScriptedHandler.forMemfds(calls);

  private final RecordingQuiescer quiescer = new RecordingQuiescer(calls);
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
  void ser07_ser08_ser09_ser10_aRefusalInTheMiddleIsUndone() {
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
  void ser07_ser10_aRefusalByTheFirstFileHasNothingToUndo() {
    handler.failing("freeze 0xa1");

    refused("pause", "freeze 0xa1", "resume");
  }

  @Test
  void ser07_ser08_ser09_aRefusalByTheLastFileUndoesEverything() {
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
  void ser06_theRefusalSaysWhoAndCarriesTheErrno() {
    handler.failing("freeze 0xb2");

    assertThatExceptionOfType(FreezeRefusedException.class)
        .isThrownBy(() -> TwoStages.handOver(luo, ScriptedHandler.forMemfds(calls)))
        .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EXDEV))
        .withMessageContaining(
            "freeze failed for token 0xb2 of session \"b\", handler scripted-memfd-v1 [EXDEV]");
  }

  @Test
  void ser11_ser13_sessionsWorkAndASecondAttemptFreezesAll() throws Exception {
    handler.failing("freeze 0xc2");
    refusedAnyhow();
    handler.mend("freeze 0xc2");
    TwoStages.preserve(luo.createSession("d"), 0xd1);
    take(calls);

    try (InProcessHandover handover =
        TwoStages.handOver(luo, ScriptedHandler.forMemfds(new ArrayList<>()))) {
      assertThat(take(calls)).hasSize(8).startsWith("pause", "freeze 0xa1").endsWith("freeze 0xd1");
      TwoStages.discardAll(handover.successor());
      handover.successor().close();
    }
  }

  private void refusedAnyhow() {
    assertThatExceptionOfType(FreezeRefusedException.class)
        .isThrownBy(() -> TwoStages.handOver(luo, ScriptedHandler.forMemfds(calls)));
    take(calls);
  }

  @Test
  void ser11_anErrorOutOfUnfreezeLeavesNeitherWorkloadNorGateClosed() throws Exception {
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

  @Test
  void freeze_ofAWorkloadThatCannotBePaused() {
    quiescer.busy = true;

    refused("pause", "resume");
  }
}
