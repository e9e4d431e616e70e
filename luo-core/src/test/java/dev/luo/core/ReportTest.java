// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.luo.core.UpdateReport.Fate;
import dev.luo.core.UpdateReport.FileOutcome;
import dev.luo.core.UpdateReport.Phase;
import dev.luo.core.UpdateReport.Refusal;
import dev.luo.core.testing.InProcessHandover;
import dev.luo.linux.Errno;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is told of updates, in both processes and after them. */
@NoDescriptorLeaks
class ReportTest {

  private final List<String> calls = new ArrayList<>();

  private ScriptedHandler handler() {
    return ScriptedHandler.forMemfds(calls);
  }

  @Test
  void report_ofAColdStart() throws Exception {
    try (LiveUpdate luo = TwoStages.open(handler())) {
      assertThat(luo.report()).isEmpty();
      assertThat(luo.refusedUpdate()).isEmpty();
    }
  }

  @Test
  void report_ofEachFile() throws Exception {
    LiveUpdate before = TwoStages.open(handler());
    TwoStages.preserve(before.createSession("s"), 1, 2, 3, 4);
    TwoStages.preserve(before.createSession("t"), 1);
    ScriptedHandler failing = handler().failing("retrieve 0x2");
    try (InProcessHandover handover = TwoStages.handOver(before, failing);
        LiveUpdate luo = handover.successor()) {
      IncomingSession session = luo.retrieveSession("s");
      session.retrieve(Token.of(1)).file().close();
      assertThatThrownBy(() -> session.retrieve(Token.of(2)))
          .isInstanceOf(HandlerFailedException.class);

      UpdateReport midway = luo.report().orElseThrow();
      assertThat(midway.counts())
          .isEqualTo(Map.of(Fate.LIVE, 1L, Fate.FAILED, 1L, Fate.WAITING, 3L));
      assertThat(midway.files())
          .extracting(FileOutcome::fate)
          .containsExactly(Fate.FAILED, Fate.LIVE);
      assertThat(midway.files().getFirst().note()).contains("retrieve failed for token 0x2");
      assertThat(midway.blackout()).isEmpty();

      failing.mend("retrieve 0x2");
      session.retryRetrieve(Token.of(2)).file().close();
      luo.resumed();
      session.discard();
      luo.retrieveSession("t").discard();

      UpdateReport after = luo.report().orElseThrow();
      assertThat(after.counts()).isEqualTo(Map.of(Fate.LIVE, 2L, Fate.DISCARDED, 3L));
      assertThat(after.count(Fate.WAITING)).isZero();
      assertThat(after.blackout()).isPresent();
      assertThat(after.handlers())
          .anyMatch(time -> time.operation().equals("freeze") && time.calls() == 5)
          .anyMatch(time -> time.operation().equals("retrieve") && time.calls() == 3);
      assertThat(after.phases())
          .extracting(Phase::name)
          .containsExactly("pause", "freeze", "image", "exec", "open", "restore");
    }
  }

  @Test
  void report_reachesTheGenerationsAfter() throws Exception {
    LiveUpdate first = TwoStages.open(handler());
    TwoStages.preserve(first.createSession("s"), 1);
    try (InProcessHandover one = TwoStages.handOver(first, handler())) {
      LiveUpdate second = one.successor();
      finish(second);
      UpdateReport toSecond = second.report().orElseThrow();
      TwoStages.preserve(second.createSession("t"), 1, 2);
      try (InProcessHandover two = TwoStages.handOver(second, handler())) {
        LiveUpdate third = two.successor();
        finish(third);
        assertThat(third.report().orElseThrow().generation()).isEqualTo(2);
        assertThat(third.report().orElseThrow().earlier()).containsExactly(toSecond);
        TwoStages.preserve(third.createSession("u"), 1);
        try (InProcessHandover three = TwoStages.handOver(third, handler());
            LiveUpdate fourth = three.successor()) {
          finish(fourth);
          UpdateReport report = fourth.report().orElseThrow();
          assertThat(report.earlier()).extracting(UpdateReport::generation).containsExactly(2L, 1L);
          assertThat(report.earlier().getFirst().count(Fate.LIVE)).isEqualTo(2);
          assertThat(report.earlier().getLast()).isEqualTo(toSecond);
          assertThat(report.earlier()).allMatch(earlier -> earlier.blackout().isPresent());
        }
      }
    }
  }

  private static void finish(LiveUpdate luo) throws Exception {
    for (String name : luo.incoming().orElseThrow().sessions()) {
      try (IncomingSession session = luo.retrieveSession(name)) {
        for (Token token : session.tokens()) {
          session.retrieve(token).file().close();
        }
        luo.resumed();
        session.finish();
      }
    }
  }

  @Test
  void refusedUpdate_isToldHereAndToTheSuccessorOfALaterOne() throws Exception {
    ScriptedHandler failing = handler().failing("freeze 0x2");
    LiveUpdate before = TwoStages.open(failing);
    TwoStages.preserve(before.createSession("s"), 1, 2);

    for (int attempt = 1; attempt <= 2; attempt++) {
      assertThatThrownBy(() -> TwoStages.handOver(before, handler()))
          .isInstanceOf(FreezeRefusedException.class);
      UpdateReport refused = before.refusedUpdate().orElseThrow();
      assertThat(refused.course().attempt()).isEqualTo(attempt);
      Refusal refusal = refused.refusal().orElseThrow();
      assertThat(refusal.exception()).isEqualTo("FreezeRefusedException");
      assertThat(refusal.errno()).isEqualTo(Errno.EXDEV);
      assertThat(refusal.text()).contains("freeze failed for token 0x2");
      assertThat(refused.phases())
          .extracting(Phase::name)
          .containsExactly("pause", "freeze", "thaw");
      assertThat(refused.toString())
          .startsWith("update to generation 1 by EXEC, attempt " + attempt);
    }

    failing.mend("freeze 0x2");
    try (InProcessHandover handover = TwoStages.handOver(before, handler());
        LiveUpdate luo = handover.successor()) {
      UpdateReport report = luo.report().orElseThrow();
      assertThat(report.course().attempt()).isEqualTo(3);
      assertThat(report.course().refusals()).extracting(Refusal::attempt).containsExactly(1L, 2L);
      assertThat(report.refusal()).isEmpty();
      assertThat(luo.refusedUpdate()).isEmpty();
      finish(luo);
    }
  }

  @Test
  void refusedUpdate_withSessionsUnfinished() throws Exception {
    LiveUpdate before = TwoStages.open(handler());
    TwoStages.preserve(before.createSession("s"), 1);
    try (InProcessHandover handover = TwoStages.handOver(before, handler());
        LiveUpdate luo = handover.successor()) {
      assertThatThrownBy(() -> TwoStages.handOver(luo, handler()))
          .isInstanceOf(IncomingUnfinishedException.class);
      UpdateReport refused = luo.refusedUpdate().orElseThrow();
      assertThat(refused.generation()).isEqualTo(2);
      assertThat(refused.refusal().orElseThrow().exception())
          .isEqualTo("IncomingUnfinishedException");
      assertThat(refused.phases()).isEmpty();
      finish(luo);
    }
  }

  @Test
  void report_asText() throws Exception {
    LiveUpdate before = TwoStages.open(handler());
    TwoStages.preserve(before.createSession("s"), 1);
    try (InProcessHandover handover = TwoStages.handOver(before, handler());
        LiveUpdate luo = handover.successor()) {
      UpdateReport report = luo.report().orElseThrow();
      assertThat(report.toString())
          .startsWith("update to generation 1 by EXEC, attempt 1, arrived\n")
          .contains("  phases     pause ", "  files      1 WAITING");
      assertThat(report.toJson())
          .startsWith(
              "{\"via\":\"EXEC\",\"generation\":1,\"attempt\":1,\"refused\":false,\"refusals\":[],")
          .contains("\"counts\":{\"WAITING\":1}", "\"earlier\":[]");
      finish(luo);
    }
  }
}
