// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.core.LiveUpdate;
import dev.luo.core.Options;
import dev.luo.core.OutgoingSession;
import dev.luo.core.testing.InProcessHandover;
import dev.luo.spi.Crossing;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Closing luo while others are at it: they succeed before, or are told so; nothing is left. */
@NoDescriptorLeaks
class CloseRaceTest {

  private static final int RACES = Integer.getInteger("luo.races", 30);

  private static final String DONE = "done";
  private static final String TOO_LATE = "too late";

  private final Journal journal = new Journal();

  @Test
  void dev05_closeAgainstSessionsBeingFilled() throws Exception {
    try (Things things = new Things()) {
      for (int i = 0; i < RACES; i++) {
        things.begin();
        LiveUpdate luo = open(things);
        OutgoingSession there = luo.createSession("there");

        List<String> answers =
            Together.run(
                List.of(
                    unlessTooLate(luo::close),
                    unlessTooLate(() -> preserve(things, luo.createSession("new"), 4)),
                    unlessTooLate(() -> preserve(things, there, 3)),
                    unlessTooLate(there::close)));

        assertThat(answers).isSubsetOf(DONE, TOO_LATE).element(0).isEqualTo(DONE);
        assertThat(things.recount()).as("descriptors left").isZero();
      }
    }
    List<String> calls = journal.take();
    assertThat(count(calls, "preserve")).isEqualTo(count(calls, "unpreserve"));
  }

  private static long count(List<String> calls, String operation) {
    return calls.stream().filter(call -> call.contains("." + operation + " ")).count();
  }

  private LiveUpdate open(Things things) throws Exception {
    return InProcessHandover.open(
        Options.crossings(Crossing.EXEC)
            .withoutDiscovery()
            .memoryReserve(1 << 18)
            .handler(
                new PlayedHandler(
                    FileKind.NEWER_Y,
                    journal,
                    things,
                    Map.of(
                        SharedKind.F, new PlayedState(SharedKind.F, journal),
                        SharedKind.G, new PlayedState(SharedKind.G, journal),
                        SharedKind.H, new PlayedState(SharedKind.H, journal)))));
  }

  private static void preserve(Things things, OutgoingSession session, int thing) throws Exception {
    things.give(thing, World.AS_IT_IS, fd -> session.preserve(Token.of(1), fd));
  }

  private static Callable<String> unlessTooLate(Action action) {
    return () -> {
      try {
        action.run();
        return DONE;
      } catch (IllegalStateException e) {
        return TOO_LATE;
      }
    };
  }

  @FunctionalInterface
  private interface Action {
    void run() throws Exception;
  }
}
