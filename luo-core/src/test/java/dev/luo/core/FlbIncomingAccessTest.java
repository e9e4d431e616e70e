// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static dev.luo.core.ScriptedHandler.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.core.testing.InProcessHandover;
import dev.luo.linux.Errno;
import dev.luo.spi.LuoException;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Live objects of shared state that was handed over, for the embedder. */
@NoDescriptorLeaks
class FlbIncomingAccessTest {

  private final List<String> calls = new ArrayList<>();
  private final CountedState shared = new CountedState("shared-v1", 1, calls);
  private final CountedState other = new CountedState("other-v1", 2, calls);
  private final ScriptedHandler handler = ScriptedHandler.forMemfds(calls, shared);

  /** Hands over one file that stands on state "shared-v1", 7. */
  private InProcessHandover handedOver(Options options) throws Exception {
    List<String> before = new ArrayList<>();
    LiveUpdate predecessor =
        TwoStages.open(ScriptedHandler.forMemfds(before, new CountedState("shared-v1", 7, before)));
    TwoStages.preserve(predecessor.createSession("s"), 1);
    return InProcessHandover.handOver(predecessor, options);
  }

  @Test
  void flb23_whereNothingCameThereIsNoData() throws Exception {
    try (LiveUpdate luo = TwoStages.open(handler)) {
      assertThatExceptionOfType(NoSharedStateException.class)
          .isThrownBy(() -> luo.incoming(shared))
          .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENODATA));
    }
  }

  @Test
  void flb24_whatIsNotAmongWhatCameIsNotFound() throws Exception {
    try (InProcessHandover handover = handedOver(TwoStages.options(handler));
        LiveUpdate luo = handover.successor()) {
      assertThatExceptionOfType(NoSharedStateException.class)
          .isThrownBy(() -> luo.incoming(other))
          .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
      TwoStages.discardAll(luo);
    }
  }

  @Test
  void flb25_flb28_retrievedOnceAndFinishedWithFilesAndReferences() throws Exception {
    try (InProcessHandover handover = handedOver(TwoStages.options(handler));
        LiveUpdate luo = handover.successor()) {
      FlbReference<Long> first = luo.incoming(shared);
      FlbReference<Long> second = luo.incoming(shared);
      assertThat(first.live()).isEqualTo(7).isSameAs(second.live());
      assertThat(take(calls)).containsExactly("retrieve shared-v1");
      first.close();
      TwoStages.discardAll(luo);
      assertThat(take(calls)).doesNotContain("finish shared-v1 7");
      second.close();
      second.close();

      assertThat(take(calls)).containsExactly("finish shared-v1 7");
    }
  }

  @Test
  void flb26_flb32_aFailureIsAnsweredAgainAlsoAfterTheLastFile() throws Exception {
    shared.failing = "retrieve";
    try (InProcessHandover handover = handedOver(TwoStages.options(handler));
        LiveUpdate luo = handover.successor()) {
      for (int i = 0; i < 2; i++) {
        assertThatExceptionOfType(LuoException.class)
            .isThrownBy(() -> luo.incoming(shared))
            .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EXDEV));
        TwoStages.discardAll(luo);
      }

      assertThat(calls).containsOnlyOnce("retrieve shared-v1").doesNotContain("finish shared-v1 7");
    }
  }

  @Test
  void flb30_afterItsFinishThereIsNoData() throws Exception {
    try (InProcessHandover handover = handedOver(TwoStages.options(handler));
        LiveUpdate luo = handover.successor()) {
      luo.incoming(shared).close();
      TwoStages.discardAll(luo);

      assertThatExceptionOfType(NoSharedStateException.class)
          .isThrownBy(() -> luo.incoming(shared))
          .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENODATA));
      assertThat(calls).containsOnlyOnce("finish shared-v1 7");
    }
  }

  @Test
  void flb33_itIsReachableBeforeAnySessionIsClaimedAndWithoutAHandler() throws Exception {
    try (InProcessHandover handover = handedOver(TwoStages.options());
        LiveUpdate luo = handover.successor()) {
      try (FlbReference<Long> reference = luo.incoming(shared)) {
        assertThat(reference.live()).isEqualTo(7);
      }
      luo.register(handler);
      TwoStages.discardAll(luo);

      assertThat(take(calls)).containsSubsequence("retrieve shared-v1", "finish shared-v1 7");
    }
  }

  @Test
  void flb35_filesThatAreNotFinishedKeepItUnfinished() throws Exception {
    try (InProcessHandover handover = handedOver(TwoStages.options(handler));
        LiveUpdate luo = handover.successor()) {
      luo.incoming(shared).close();
      luo.retrieveSession("s").close();
      luo.incoming(shared).close();

      assertThat(take(calls)).containsExactly("retrieve shared-v1");
      TwoStages.discardAll(luo);
    }
  }

  @Test
  void flb28_aReferenceOutlivesEveryFile() throws Exception {
    try (InProcessHandover handover = handedOver(TwoStages.options(handler));
        LiveUpdate luo = handover.successor()) {
      FlbReference<Long> reference = luo.incoming(shared);
      TwoStages.discardAll(luo);
      assertThat(luo.incoming().orElseThrow().sessions()).isEmpty();
      FlbReference<Long> late = luo.incoming(shared);
      reference.close();
      assertThat(late.live()).isEqualTo(7);
      assertThat(calls).doesNotContain("finish shared-v1 7");
      late.close();
      assertThat(calls).contains("finish shared-v1 7");
    }
  }

  @Test
  void flb31_asTheKernelAStateNobodyAskedForIsNotFinished() throws Exception {
    try (InProcessHandover handover = handedOver(TwoStages.options(handler).strict());
        LiveUpdate luo = handover.successor();
        IncomingSession session = luo.retrieveSession("s")) {
      session.finish();

      assertThat(take(calls)).doesNotContain("retrieve shared-v1", "finish shared-v1 7");
    }
  }

  @Test
  void flb31_asTheKernelAStateThatWasAskedForIsFinished() throws Exception {
    try (InProcessHandover handover = handedOver(TwoStages.options(handler).strict());
        LiveUpdate luo = handover.successor();
        IncomingSession session = luo.retrieveSession("s")) {
      luo.incoming(shared).close();
      session.finish();

      assertThat(take(calls)).containsSubsequence("retrieve shared-v1", "finish shared-v1 7");
    }
  }

  @Test
  void flb34_asTheKernelFilesOfAStateThatDidNotComeAreFinished() throws Exception {
    ScriptedHandler dependent = ScriptedHandler.forMemfds(calls, shared, other);
    try (InProcessHandover handover = handedOver(TwoStages.options(dependent).strict());
        LiveUpdate luo = handover.successor();
        IncomingSession session = luo.retrieveSession("s")) {
      session.finish();

      assertThat(take(calls))
          .contains("finish 0x1 never tried")
          .doesNotContain("retrieve other-v1");
    }
  }
}
