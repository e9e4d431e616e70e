// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.report;

import dev.luo.core.UpdateReport.HandlerTime;
import dev.luo.core.UpdateReport.Slowest;
import dev.luo.spi.Compatible;
import dev.luo.spi.Token;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How long handlers took, in sum and at the slowest. Thread-safe. */
public final class HandlerTimes {

  private final Map<Operation, Tally> tallies = new HashMap<>();

  private record Operation(Compatible compatible, String name) {}

  /** What is counted for one operation. */
  private static final class Tally {
    private long calls;
    private long totalNanos;
    private Slowest slowest = new Slowest("", Token.of(0), -1);
  }

  /**
   * Adds a call.
   *
   * @param session for whose file it was; empty if for none
   */
  public synchronized void add(
      Compatible compatible, String operation, String session, Token token, long nanos) {
    Tally tally = tallies.computeIfAbsent(new Operation(compatible, operation), _ -> new Tally());
    tally.calls++;
    tally.totalNanos += nanos;
    if (nanos > tally.slowest.nanos()) {
      tally.slowest = new Slowest(session, token, nanos);
    }
  }

  /** Forgets what was before. */
  synchronized void clear() {
    tallies.clear();
  }

  /** Lists them, what took most in all first. */
  synchronized List<HandlerTime> all() {
    return tallies.entrySet().stream()
        .map(each -> time(each.getKey(), each.getValue()))
        .sorted(Comparator.comparingLong(HandlerTime::totalNanos).reversed())
        .toList();
  }

  private static HandlerTime time(Operation operation, Tally tally) {
    return new HandlerTime(
        operation.compatible, operation.name, tally.calls, tally.totalNanos, tally.slowest);
  }
}
