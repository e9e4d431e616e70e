// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static dev.luo.core.ScriptedHandler.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.core.testing.InProcessHandover;
import dev.luo.linux.Errno;
import dev.luo.linux.FdKind;
import dev.luo.spi.Compatible;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Formats that a handler is asked to write for an older successor. */
@NoDescriptorLeaks
class WrittenFormatTest {

  private static final Compatible OLD = Compatible.of("scripted-memfd-v0");
  private static final Compatible UNKNOWN = Compatible.of("unknown-v1");

  private final List<String> calls = new ArrayList<>();
  private final ScriptedHandler handler = ScriptedHandler.forMemfds(calls);

  @Test
  void writing_theFormatIsWhatTheContextAsksForAndWhatCrosses() throws Exception {
    List<Compatible> asked = new ArrayList<>();
    handler.older = Set.of(OLD);
    handler.whenPreserving = context -> asked.add(context.compatible());
    handler.whenFreezing = context -> asked.add(context.compatible());
    LiveUpdate luo = InProcessHandover.open(TwoStages.options(handler).writing(OLD));
    TwoStages.preserve(luo.createSession("s"), 1);
    ScriptedHandler old = new ScriptedHandler(OLD.value(), FdKind.MEMFD, new ArrayList<>());
    try (InProcessHandover handover = TwoStages.handOver(luo, old);
        LiveUpdate successor = handover.successor();
        IncomingSession session = successor.retrieveSession("s")) {
      assertThat(TwoStages.number(session, 1)).isEqualTo(1);
      session.finish();
    }

    assertThat(asked).containsExactly(OLD, OLD);
  }

  @Test
  void writing_whoWritesNoneOfThemWritesItsOwn() throws Exception {
    handler.older = Set.of(OLD);
    ScriptedHandler other = new ScriptedHandler("other-v1", FdKind.PIPE, calls);
    try (LiveUpdate luo =
        InProcessHandover.open(
            TwoStages.options(handler, other).writing(OLD, handler.compatible()))) {
      assertThat(luo.handlers().list())
          .extracting(HandlerStatus::writing)
          .containsExactly(OLD, other.compatible());
    }
  }

  @Test
  void writing_aFormatThatNobodyWritesIsRefusedWhenLuoIsOpened() {
    assertThatExceptionOfType(NoHandlerException.class)
        .isThrownBy(() -> InProcessHandover.open(TwoStages.options(handler).writing(UNKNOWN)))
        .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT))
        .withMessageContaining("unknown-v1")
        .withMessageContaining("scripted-memfd-v1");
  }

  @Test
  void flb13_aFileStandsOnWhatTheFormatThatItIsWrittenInStandsOn() throws Exception {
    CountedState first = new CountedState("first-v1", 1, calls);
    CountedState second = new CountedState("second-v1", 2, calls);
    ScriptedHandler grown = ScriptedHandler.forMemfds(calls, first, second);
    grown.older = Set.of(OLD);
    grown.olderDependencies = List.of(second);
    try (LiveUpdate luo = InProcessHandover.open(TwoStages.options(grown).writing(OLD))) {
      OutgoingSession session = luo.createSession("s");
      TwoStages.preserve(session, 1);
      session.close();
    }

    assertThat(take(calls))
        .containsExactly(
            "preserve second-v1", "preserve 0x1", "unpreserve 0x1", "unpreserve second-v1 2");
  }

  @Test
  void register_aFormatThatDependsOnMoreThanTheHandlerDoes() throws Exception {
    ScriptedHandler contradicting = ScriptedHandler.forMemfds(calls);
    contradicting.older = Set.of(OLD);
    contradicting.olderDependencies = List.of(new CountedState("first-v1", 1, calls));
    try (LiveUpdate luo = TwoStages.open()) {
      assertThatExceptionOfType(InvalidHandlerException.class)
          .isThrownBy(() -> luo.register(contradicting))
          .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL))
          .withMessageContaining("first-v1");
      assertThat(luo.handlers().list()).isEmpty();
    }
  }
}
