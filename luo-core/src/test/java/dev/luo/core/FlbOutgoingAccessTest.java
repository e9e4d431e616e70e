// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static dev.luo.core.ScriptedHandler.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.luo.core.testing.InProcessHandover;
import dev.luo.linux.Errno;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Live objects of outgoing shared state, for the embedder. */
@NoDescriptorLeaks
class FlbOutgoingAccessTest {

  private final List<String> calls = new ArrayList<>();
  private final CountedState shared = new CountedState("shared-v1", 7, calls);
  private final ScriptedHandler handler = ScriptedHandler.forMemfds(calls, shared);

  @Test
  void flb18_thereIsNoneWhileNoFileStandsOnIt() throws Exception {
    try (LiveUpdate luo = TwoStages.open(handler)) {
      assertThatExceptionOfType(NoSharedStateException.class)
          .isThrownBy(() -> luo.outgoing(shared))
          .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT))
          .satisfies(e -> assertThat(e.compatible()).isEqualTo(shared.compatible()));
      OutgoingSession session = luo.createSession("s");
      TwoStages.preserve(session, 1);
      luo.outgoing(shared).close();
      session.unpreserve(Token.of(1));

      assertThatExceptionOfType(NoSharedStateException.class)
          .isThrownBy(() -> luo.outgoing(shared));
    }
  }

  @Test
  void flb16_flb19_unpreserveWaitsForTheLastReference() throws Exception {
    try (LiveUpdate luo = TwoStages.open(handler)) {
      OutgoingSession session = luo.createSession("s");
      TwoStages.preserve(session, 1);
      FlbReference<Long> first = luo.outgoing(shared);
      FlbReference<Long> second = luo.outgoing(shared);
      assertThat(first.live()).isEqualTo(7).isSameAs(second.live());
      session.unpreserve(Token.of(1));
      take(calls);

      first.close();
      first.close();
      assertThat(take(calls)).isEmpty();
      assertThat(second.live()).isEqualTo(7);
      second.close();

      assertThat(take(calls)).containsExactly("unpreserve shared-v1 7");
      assertThatIllegalStateException().isThrownBy(second::live);
    }
  }

  @Test
  void flb17_aFileJoinsWhatOnlyAReferenceHolds() throws Exception {
    try (LiveUpdate luo = TwoStages.open(handler)) {
      OutgoingSession session = luo.createSession("s");
      TwoStages.preserve(session, 1);
      FlbReference<Long> reference = luo.outgoing(shared);
      session.unpreserve(Token.of(1));
      TwoStages.preserve(session, 2);
      reference.close();
      session.unpreserve(Token.of(2));
      TwoStages.preserve(session, 3);
    }

    assertThat(calls.stream().filter(call -> call.endsWith("shared-v1")))
        .containsExactly("preserve shared-v1", "preserve shared-v1");
  }

  @Test
  void dev05_closingEndsReferencesAndGivesUpWhatTheyHeld() throws Exception {
    LiveUpdate luo = TwoStages.open(handler);
    TwoStages.preserve(luo.createSession("s"), 1);
    FlbReference<Long> reference = luo.outgoing(shared);
    take(calls);
    luo.close();
    reference.close();

    assertThat(take(calls)).containsExactly("unpreserve 0x1", "unpreserve shared-v1 7");
  }

  @Test
  void flb20_flb21_whatOnlyAReferenceHoldsCrosses() throws Exception {
    LiveUpdate luo = TwoStages.open(handler);
    OutgoingSession session = luo.createSession("s");
    TwoStages.preserve(session, 1);
    FlbReference<Long> reference = luo.outgoing(shared);
    session.unpreserve(Token.of(1));
    try (InProcessHandover handover = TwoStages.handOver(luo, handler);
        LiveUpdate successor = handover.successor()) {
      take(calls);
      try (FlbReference<Long> came = successor.incoming(shared)) {
        assertThat(came.live()).isEqualTo(7);
      }
      assertThat(take(calls)).containsExactly("retrieve shared-v1");
      try (IncomingSession came = successor.retrieveSession("s")) {
        came.finish();
      }
      assertThat(take(calls)).containsExactly("finish shared-v1 7");
    }
    assertThat(reference.live()).isEqualTo(7);
  }

  @Test
  void flb36_aRefusedFreezeLeavesReferencesAlone() throws Exception {
    try (LiveUpdate luo = TwoStages.open(handler)) {
      TwoStages.preserve(luo.createSession("s"), 1);
      FlbReference<Long> reference = luo.outgoing(shared);
      handler.failing("freeze 0x1");
      take(calls);
      assertThatExceptionOfType(FreezeRefusedException.class)
          .isThrownBy(() -> TwoStages.handOver(luo, handler));

      reference.close();
      assertThat(take(calls)).containsExactly("freeze 0x1");
    }
  }

  @Test
  void flb19_manyThreadsCountTogether() throws Exception {
    try (LiveUpdate luo = TwoStages.open(handler);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      OutgoingSession session = luo.createSession("s");
      TwoStages.preserve(session, 1);
      List<Future<FlbReference<Long>>> references = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        references.add(threads.submit(() -> luo.outgoing(shared)));
      }
      List<Future<?>> closed = new ArrayList<>();
      for (Future<FlbReference<Long>> reference : references) {
        closed.add(threads.submit(reference.get()::close));
        closed.add(threads.submit(reference.get()::close));
      }
      for (Future<?> one : closed) {
        one.get();
      }
      session.unpreserve(Token.of(1));
    }

    assertThat(calls).containsOnlyOnce("unpreserve shared-v1 7");
  }
}
