// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static dev.luo.core.ScriptedHandler.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.luo.core.testing.InProcessHandover;
import dev.luo.spi.Origin;
import dev.luo.spi.ThawCause;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a predecessor can end, and what its successor is told of it. */
@NoDescriptorLeaks
class OriginTest {

  private final List<String> before = new ArrayList<>();
  private final List<String> after = new ArrayList<>();
  private final ScriptedHandler old = ScriptedHandler.forMemfds(before);
  private final ScriptedHandler next = ScriptedHandler.forMemfds(after);
  private LiveUpdate predecessor;

  @BeforeEach
  void preserve() throws Exception {
    predecessor = TwoStages.open(old);
    TwoStages.preserve(predecessor.createSession("s"), 1, 2);
    take(before);
  }

  private static void retrieveAll(IncomingSession session) throws Exception {
    for (Token token : session.tokens()) {
      assertThat(TwoStages.number(session, token.value())).isEqualTo(token.value());
    }
  }

  @Test
  void fil28_crash_isRetrievedVerifiedAndFinishedWithoutAFreeze() throws Exception {
    List<Origin> origins = new ArrayList<>();
    next.whenRetrieving = context -> origins.add(context.origin());
    next.whenFinishing = context -> origins.add(context.origin());

    try (InProcessHandover handover =
            InProcessHandover.crash(predecessor, TwoStages.options(next));
        LiveUpdate successor = handover.successor();
        IncomingSession session = successor.retrieveSession("s")) {
      assertThat(successor.incoming().orElseThrow().origin()).isEqualTo(Origin.CRASH);
      retrieveAll(session);
      session.finish();
    }

    assertThat(before).isEmpty();
    assertThat(after).contains("verify 0x1", "verify 0x2").endsWith("finish 0x1 retrieved");
    assertThat(origins).hasSize(4).containsOnly(Origin.CRASH);
  }

  @Test
  void crash_hasNoWayBack() throws Exception {
    try (InProcessHandover handover =
        InProcessHandover.crash(predecessor, TwoStages.options(next))) {
      try (IncomingSession session = handover.successor().retrieveSession("s")) {
        session.discard();
      }
      handover.successor().close();
      assertThatIllegalStateException().isThrownBy(handover::takeBack);
    }
    assertThatIllegalStateException().isThrownBy(() -> predecessor.createSession("t"));
  }

  @Test
  void crash_losesWhatWasNotFinished() throws Exception {
    try (InProcessHandover first = TwoStages.handOver(predecessor, next)) {
      LiveUpdate second = first.successor();
      second.createSession("t");

      try (InProcessHandover handover = InProcessHandover.crash(second, TwoStages.options(next));
          LiveUpdate third = handover.successor()) {
        assertThat(third.incoming().orElseThrow().sessions()).containsExactly("t");
        third.retrieveSession("t").close();
      }
    }
  }

  @Test
  void crash_refusedByItsSuccessor_isACrashAllTheSame() {
    assertThatExceptionOfType(ImageRefusedException.class)
        .isThrownBy(
            () -> InProcessHandover.crash(predecessor, TwoStages.options().strict()).close());

    assertThatIllegalStateException().isThrownBy(() -> predecessor.createSession("t"));
  }

  @Test
  void ser22_giveBack_isFrozenAndRetrievedAgain() throws Exception {
    LiveUpdate successor;
    try (InProcessHandover handover = TwoStages.handOver(predecessor, next)) {
      successor = handover.successor();
    }
    try (IncomingSession session = successor.retrieveSession("s")) {
      retrieveAll(session);
      session.renew();
    }
    take(after);
    take(before);
    List<Origin> origins = new ArrayList<>();
    old.whenRetrieving = context -> origins.add(context.origin());

    try (InProcessHandover back = InProcessHandover.giveBack(successor, TwoStages.options(old));
        LiveUpdate again = back.successor();
        IncomingSession session = again.retrieveSession("s")) {
      IncomingImage image = again.incoming().orElseThrow();
      assertThat(image.origin()).isEqualTo(Origin.RETURNED);
      assertThat(image.generation()).isEqualTo(2);
      retrieveAll(session);
      session.finish();
    }

    assertThat(after).containsExactly("freeze 0x1", "freeze 0x2");
    assertThat(origins).containsExactly(Origin.RETURNED, Origin.RETURNED);
    assertThat(before).endsWith("finish 0x2 retrieved", "finish 0x1 retrieved");
  }

  @Test
  void ser11_takeBack_saysWhetherASuccessorHadTheFiles() throws Exception {
    try (InProcessHandover refused = TwoStages.handOver(predecessor, next)) {
      refused.successor().close();
      refused.takeBack();
    }
    assertThat(old.thawCauses).containsExactly(ThawCause.REFUSED, ThawCause.REFUSED);
    old.thawCauses.clear();

    try (InProcessHandover returned = TwoStages.handOver(predecessor, next)) {
      retrieveAll(returned.successor().retrieveSession("s"));
      returned.successor().close();
      returned.takeBack(ThawCause.RETURNED);
    }
    assertThat(old.thawCauses).containsExactly(ThawCause.RETURNED, ThawCause.RETURNED);
    predecessor.close();
  }

  @Test
  void handOver_afterAReturn_isAHandover() throws Exception {
    assertThatExceptionOfType(ImageRefusedException.class)
        .isThrownBy(
            () -> InProcessHandover.giveBack(predecessor, TwoStages.options().strict()).close());

    try (InProcessHandover handover = TwoStages.handOver(predecessor, next);
        LiveUpdate successor = handover.successor()) {
      assertThat(successor.incoming().orElseThrow().origin()).isEqualTo(Origin.HANDOVER);
      try (IncomingSession session = successor.retrieveSession("s")) {
        session.discard();
      }
    }
  }
}
