// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.luo.core.testing.InProcessHandover;
import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.spi.Compatible;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What one handler may take. */
@NoDescriptorLeaks
class HandlerLimitsTest {

  private final List<String> calls = new ArrayList<>();
  private final ScriptedHandler handler = ScriptedHandler.forMemfds(calls);

  private LiveUpdate open(Compatible limited, HandlerLimits limits, ScriptedHandler of)
      throws Exception {
    return InProcessHandover.open(TwoStages.options(of).limits(limited, limits));
  }

  private static long bytes(LiveUpdate luo) {
    return luo.handlers().list().getFirst().bytes();
  }

  @Test
  void bytes_theFileThatNeedsMoreIsRefusedAndNothingOfItStays() throws Exception {
    HandlerLimits two = HandlerLimits.none().withBytes(128);
    try (LiveUpdate luo = open(handler.compatible(), two, handler);
        Fd third = Memfds.containing(3)) {
      OutgoingSession session = luo.createSession("s");
      TwoStages.preserve(session, 1, 2);

      assertThatExceptionOfType(HandlerFailedException.class)
          .isThrownBy(() -> session.preserve(Token.of(3), third))
          .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EDQUOT))
          .havingCause()
          .isInstanceOfSatisfying(
              QuotaExceededException.class,
              e -> {
                assertThat(e.compatible()).isEqualTo(handler.compatible());
                assertThat(e.asked()).isEqualTo(64);
                assertThat(e.used()).isEqualTo(128);
                assertThat(e.limit()).isEqualTo(128);
              });

      assertThat(bytes(luo)).isEqualTo(128);
      session.unpreserve(Token.of(1));
      session.preserve(Token.of(3), third);
      assertThat(bytes(luo)).isEqualTo(128);
    }
  }

  @Test
  void bytes_whatAFreezeTookIsGivenBackIfItFails() throws Exception {
    HandlerLimits three = HandlerLimits.none().withBytes(192);
    try (LiveUpdate luo = open(handler.compatible(), three, handler)) {
      TwoStages.preserve(luo.createSession("s"), 1);
      handler.whenFreezing =
          context -> {
            for (int i = 0; i < 3; i++) {
              context.memory().allocate(1);
            }
          };

      assertThatExceptionOfType(FreezeRefusedException.class)
          .isThrownBy(() -> TwoStages.handOver(luo, handler))
          .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EDQUOT));

      assertThat(bytes(luo)).isEqualTo(64);
    }
  }

  @Test
  void bytes_ofSharedState() throws Exception {
    CountedState shared = new CountedState("shared-v1", 1, calls);
    ScriptedHandler dependent = ScriptedHandler.forMemfds(calls, shared);
    try (LiveUpdate luo = open(shared.compatible(), HandlerLimits.none().withBytes(63), dependent);
        Fd memfd = Memfds.containing(1)) {
      OutgoingSession session = luo.createSession("s");

      assertThatExceptionOfType(dev.luo.spi.HandlerException.class)
          .isThrownBy(() -> session.preserve(Token.of(1), memfd))
          .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EDQUOT))
          .withMessageContaining("shared-v1")
          .withCauseInstanceOf(QuotaExceededException.class);
    }
  }

  @Test
  void bytes_areThoseOfThisHandlerAlone() throws Exception {
    HandlerLimits none = HandlerLimits.none().withBytes(0);
    try (LiveUpdate luo = open(Compatible.of("another-v1"), none, handler)) {
      TwoStages.preserve(luo.createSession("s"), 1);
      assertThat(bytes(luo)).isEqualTo(64);
    }
  }

  @Test
  void deadlines_areThoseThatTheContextsShow() throws Exception {
    Duration hour = Duration.ofHours(1);
    Duration moment = Duration.ofSeconds(2);
    List<Duration> left = new ArrayList<>();
    handler.whenPreserving = context -> left.add(context.deadline().remaining());
    handler.whenFreezing = context -> left.add(context.deadline().remaining());
    handler.whenRetrieving = context -> left.add(context.deadline().remaining());
    HandlerLimits limits = HandlerLimits.none().withCallDeadline(hour).withFreezeDeadline(moment);
    Options options =
        TwoStages.options(handler)
            .freezeDeadline(Duration.ofMinutes(10))
            .limits(handler.compatible(), limits);
    LiveUpdate luo = InProcessHandover.open(options);
    TwoStages.preserve(luo.createSession("s"), 1);
    try (InProcessHandover handover = InProcessHandover.handOver(luo, options);
        LiveUpdate successor = handover.successor();
        IncomingSession session = successor.retrieveSession("s")) {
      session.retrieve(Token.of(1)).file().close();
      session.finish();
    }

    assertThat(left).hasSize(3);
    assertThat(left.get(0)).isBetween(Duration.ofMinutes(1).plusNanos(1), hour);
    assertThat(left.get(1)).isLessThanOrEqualTo(moment);
    assertThat(left.get(2)).isBetween(Duration.ofMinutes(1).plusNanos(1), hour);
  }

  @Test
  void deadlines_aFreezeHasNeverMoreThanIsLeftForAll() throws Exception {
    List<Duration> left = new ArrayList<>();
    handler.whenFreezing = context -> left.add(context.deadline().remaining());
    Options options =
        TwoStages.options(handler)
            .freezeDeadline(Duration.ofMinutes(1))
            .limits(
                handler.compatible(), HandlerLimits.none().withFreezeDeadline(Duration.ofHours(1)));
    LiveUpdate luo = InProcessHandover.open(options);
    TwoStages.preserve(luo.createSession("s"), 1);
    try (InProcessHandover handover = InProcessHandover.handOver(luo, options);
        LiveUpdate successor = handover.successor()) {
      TwoStages.discardAll(successor);
    }

    assertThat(left.getFirst()).isLessThanOrEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void limits_thatLeaveNothingAreRefused() {
    HandlerLimits none = HandlerLimits.none();
    assertThatIllegalArgumentException().isThrownBy(() -> none.withBytes(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> none.withCallDeadline(Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> none.withFreezeDeadline(Duration.ofSeconds(-1)));
  }
}
