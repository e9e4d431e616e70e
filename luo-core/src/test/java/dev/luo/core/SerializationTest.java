// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.core.testing.InProcessHandover;
import dev.luo.spi.LuoException;
import dev.luo.testing.NoDescriptorLeaks;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What sessions see of an update while it is under way. */
@NoDescriptorLeaks
class SerializationTest {

  private final List<String> calls = new ArrayList<>();
  private final CountedState shared = new CountedState("first-v1", 1, new ArrayList<>());
  private final ScriptedHandler handler = ScriptedHandler.forMemfds(calls, shared);
  private final AtomicReference<OutgoingSession> late = new AtomicReference<>();
  private LiveUpdate luo;
  private Thread latecomer;

  @BeforeEach
  void open() throws Exception {
    luo = TwoStages.open(handler);
    TwoStages.preserve(luo.createSession("s"), 1);
    latecomer =
        Thread.ofPlatform()
            .unstarted(() -> {
              try {
                late.set(luo.createSession("late"));
              } catch (LuoException e) {
                throw new AssertionError(e);
              }
            });
    handler.whenFreezing =
        context -> {
          latecomer.start();
          Threads.awaitWaiting(latecomer);
        };
  }

  @AfterEach
  void close() {
    luo.close();
  }

  @Test
  @Timeout(60)
  void ser16_whoComesDuringSerializationWaitsAndGoesOnIfTheUpdateIsCancelled() throws Exception {
    TwoStages.preserve(luo.createSession("t"), 2);
    handler.failing("freeze 0x2");

    assertThatExceptionOfType(FreezeRefusedException.class)
        .isThrownBy(() -> TwoStages.handOver(luo));
    latecomer.join();

    assertThat(late.get().name()).isEqualTo("late");
    TwoStages.preserve(late.get(), 3);
  }

  @Test
  @Timeout(60)
  void ser15_afterSerializationNothingTakesEffectUnlessTheHandoverComesBack() throws Exception {
    try (InProcessHandover handover = TwoStages.handOver(luo)) {
      Threads.awaitWaiting(latecomer);
      assertThat(late).hasNullValue();
      assertThat(handover.successor().incoming().orElseThrow().sessions()).containsExactly("s");
      TwoStages.discardAll(handover.successor());
      handover.successor().close();

      handover.takeBack();
    }
    latecomer.join();
    assertThat(late.get().name()).isEqualTo("late");
  }

  /** Its checksum would be wrong if it had been written before. */
  @Test
  void ser17_sharedStateIsWrittenAfterTheLastFreeze() throws Exception {
    handler.whenFreezing =
        context ->
            Objects.requireNonNull(shared.memory)
                .map(shared.handle)
                .set(ValueLayout.JAVA_LONG, 0, 4711);
    CountedState arrived = new CountedState("first-v1", 0, new ArrayList<>());
    ScriptedHandler next = ScriptedHandler.forMemfds(calls, arrived);
    List<Long> seen = new ArrayList<>();
    next.whenRetrieving = context -> seen.add(context.shared(arrived));

    try (InProcessHandover handover = TwoStages.handOver(luo, next)) {
      LiveUpdate successor = handover.successor();
      try (IncomingSession session = successor.retrieveSession("s")) {
        assertThat(TwoStages.number(session, 1)).isEqualTo(1);
        session.finish();
      }
      successor.close();
      handover.takeBack();
    }
    assertThat(seen).containsExactly(4711L);
  }
}
