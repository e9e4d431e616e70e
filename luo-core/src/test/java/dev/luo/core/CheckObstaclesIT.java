// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.core.CheckReport.FileCheck;
import dev.luo.core.CheckReport.Verdict;
import dev.luo.core.internal.handover.ChildJvm;
import dev.luo.core.testing.InProcessHandover;
import dev.luo.linux.Fd;
import dev.luo.spi.Token;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A check of a program that could take over, in a process that could not hand over. */
class CheckObstaclesIT {

  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  private final ScriptedHandler handler = ScriptedHandler.forMemfds(calls);
  private final Successor fit = Successor.ofCommand(ChildJvm.command(CheckedProgram.class, "fit"));

  @Test
  void whatCameAndIsNotFinished_isInTheWay() throws Exception {
    try (LiveUpdate luo = TwoStages.arrived(handler)) {
      CheckReport report = luo.check(fit);

      assertThat(report.isFit()).isFalse();
      assertThatExceptionOfType(IncomingUnfinishedException.class)
          .isThrownBy(() -> luo.update(fit))
          .satisfies(e -> assertThat(report.missing()).containsExactly(e.getMessage()));
      TwoStages.discardAll(luo);
      assertThat(luo.check(fit).isFit()).isTrue();
    }
  }

  @Test
  void aMandatoryFileInQuarantine_isInTheWay() throws Exception {
    CheckReport report = checkWithQuarantined(Importance.MANDATORY);

    assertThat(report.isFit()).isFalse();
    assertThat(report.missing()).singleElement().asString().startsWith("freeze did not come back");
  }

  @Test
  void anOptionalFileInQuarantine_isLost() throws Exception {
    CheckReport report = checkWithQuarantined(Importance.OPTIONAL);

    assertThat(report.isFit()).isTrue();
    assertThat(report.lost()).extracting(FileCheck::token).containsExactly(Token.of(2));
    assertThat(report.lost()).extracting(FileCheck::verdict).containsExactly(Verdict.QUARANTINED);
  }

  private CheckReport checkWithQuarantined(Importance importance) throws Exception {
    Dam dam = new Dam();
    Options options =
        TwoStages.options(handler)
            .freezeDeadline(Duration.ofSeconds(1))
            .interruptGrace(Duration.ofMillis(100));
    try (LiveUpdate luo = InProcessHandover.open(options);
        Fd memfd = Memfds.containing(2)) {
      OutgoingSession session = luo.createSession("s");
      session.preserve(Token.of(2), memfd, importance, Attachment.NONE);
      handler.holding("freeze 0x2", dam);
      assertThatExceptionOfType(HandlerStuckException.class)
          .isThrownBy(() -> TwoStages.handOver(luo, ScriptedHandler.forMemfds(calls)));
      return luo.check(fit);
    } finally {
      dam.open();
    }
  }
}
