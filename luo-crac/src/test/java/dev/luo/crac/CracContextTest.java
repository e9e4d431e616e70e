// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.crac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.luo.core.FreezeRefusedException;
import dev.luo.core.LiveUpdate;
import dev.luo.core.NotRefreshedException;
import dev.luo.core.Options;
import dev.luo.core.ParticipantFailedException;
import dev.luo.core.testing.InProcessHandover;
import dev.luo.spi.Crossing;
import dev.luo.spi.LuoException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.crac.CheckpointException;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.crac.RestoreException;
import org.junit.jupiter.api.Test;

class CracContextTest {

  private final List<String> calls = new ArrayList<>();

  /** What registers is referred to weakly. */
  private final List<Resource> kept = new ArrayList<>();

  private Told told(String name, String failing) {
    Told told = new Told(name, failing);
    kept.add(told);
    return told;
  }

  /** Writes down what it is told, and fails where it is to. */
  private final class Told implements Resource {
    private final String name;
    private final String failing;

    Told(String name, String failing) {
      this.name = name;
      this.failing = failing;
    }

    private void call(String call) throws IOException {
      calls.add(call + " " + name);
      if (call.equals(failing)) {
        throw new IOException(call + " " + name);
      }
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) throws IOException {
      call("before");
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) throws IOException {
      call("after");
    }
  }

  private static Options options(CracContext crac) {
    return Options.crossings(Crossing.EXEC)
        .withoutDiscovery()
        .memoryReserve(1 << 22)
        .refreshing(crac.freshness());
  }

  private static LiveUpdate open(CracContext crac) throws LuoException {
    LiveUpdate luo = InProcessHandover.open(options(crac));
    luo.join(crac.participant());
    return luo;
  }

  @Test
  void handOver_tellsBothSides() throws Exception {
    CracContext here = new CracContext();
    CracContext there = new CracContext();
    Told first = told("first", "");
    Told second = told("second", "");
    Told successors = told("successor's", "");
    here.register(first);
    here.register(second);
    here.register(first);
    there.register(successors);
    LiveUpdate before = open(here);

    try (InProcessHandover handover = InProcessHandover.handOver(before, options(there));
        LiveUpdate after = handover.successor()) {
      assertThat(calls).containsExactly("before second", "before first");
      after.resumed();
      assertThat(calls.subList(2, calls.size())).containsExactly("after successor's");
    }
  }

  @Test
  void takeBack_tellsThoseHere() throws Exception {
    CracContext crac = new CracContext();
    Told first = told("first", "");
    Told second = told("second", "after");
    Told third = told("third", "");
    List.of(first, second, third).forEach(crac::register);
    try (LiveUpdate luo = open(crac)) {
      InProcessHandover handover = InProcessHandover.handOver(luo, options(new CracContext()));
      handover.successor().close();
      handover.takeBack();
    }
    assertThat(calls)
        .containsExactly(
            "before third",
            "before second",
            "before first",
            "after first",
            "after second",
            "after third");
  }

  @Test
  void beforeCheckpoint_thatFailsRefusesTheUpdate() throws Exception {
    CracContext crac = new CracContext();
    CracContext inner = new CracContext();
    kept.add(inner);
    Told first = told("first", "before");
    Told nested = told("nested", "before");
    Told last = told("last", "");
    crac.register(first);
    crac.register(inner);
    inner.register(nested);
    crac.register(last);
    try (LiveUpdate luo = open(crac)) {
      FreezeRefusedException refused =
          catchThrowableOfType(
              FreezeRefusedException.class,
              () -> InProcessHandover.handOver(luo, options(new CracContext())));
      assertThat(refused.getCause()).isInstanceOf(ParticipantFailedException.class);
      Throwable failures = refused.getCause().getCause();
      assertThat(failures).isInstanceOf(CheckpointException.class);
      assertThat(failures.getSuppressed())
          .extracting(Throwable::getMessage)
          .containsExactly("before nested", "before first");
    }
    assertThat(calls)
        .containsExactly(
            "before last",
            "before nested",
            "before first",
            "after first",
            "after nested",
            "after last");
  }

  @Test
  void afterRestore_thatFailsKeepsTheWorkloadFromRunning() throws Exception {
    CracContext there = new CracContext();
    there.register(told("failing", "after"));
    LiveUpdate before = open(new CracContext());
    try (InProcessHandover handover = InProcessHandover.handOver(before, options(there));
        LiveUpdate after = handover.successor()) {
      assertThatThrownBy(after::resumed)
          .isInstanceOf(NotRefreshedException.class)
          .hasCauseInstanceOf(RestoreException.class);
    }
  }

  /** Why a library has to let its context be named. */
  @Test
  void globalContext_isNotReached() throws Exception {
    Core.getGlobalContext().register(told("global", ""));
    try (LiveUpdate luo = open(new CracContext())) {
      InProcessHandover handover = InProcessHandover.handOver(luo, options(new CracContext()));
      handover.successor().close();
      handover.takeBack();
    }
    assertThat(calls).isEmpty();
  }
}
