// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.core.ImageRefusedException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpansTest {

  @Test
  void requireDisjoint_agreesWithLookingAtEachPair() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      int count = random.nextInt(6);
      Spans spans = new Spans("range", count);
      long[][] ranges = new long[count][];
      for (int i = 0; i < count; i++) {
        ranges[i] = new long[] {random.nextInt(30), 1 + random.nextInt(6)};
        spans.add(ranges[i][0], ranges[i][1]);
      }

      assertThat(accepts(() -> spans.requireDisjoint(new FirstError())))
          .as("seed %d, round %d", seed, round)
          .isEqualTo(!overlaps(ranges, ranges, true));
    }
  }

  @Test
  void requireApart_agreesWithLookingAtEachPair() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      Spans spans = new Spans("range", 4);
      Spans others = new Spans("other", 4);
      long[][] ranges = fill(spans, random);
      long[][] otherRanges = fill(others, random);

      assertThat(accepts(() -> spans.requireApart(others, new FirstError())))
          .as("seed %d, round %d", seed, round)
          .isEqualTo(!overlaps(ranges, otherRanges, false));
    }
  }

  /** Adds ranges that do not overlap each other, in ascending order. */
  private static long[][] fill(Spans spans, Random random) {
    long[][] ranges = new long[random.nextInt(5)][];
    long offset = 0;
    for (int i = 0; i < ranges.length; i++) {
      offset += random.nextInt(8);
      ranges[i] = new long[] {offset, 1 + random.nextInt(4)};
      spans.add(ranges[i][0], ranges[i][1]);
      offset += ranges[i][1];
    }
    spans.sort();
    return ranges;
  }

  private static boolean overlaps(long[][] ranges, long[][] others, boolean same) {
    for (int i = 0; i < ranges.length; i++) {
      for (int j = 0; j < others.length; j++) {
        boolean before = ranges[i][0] + ranges[i][1] <= others[j][0];
        boolean after = others[j][0] + others[j][1] <= ranges[i][0];
        if (!before && !after && !(same && i == j)) {
          return true;
        }
      }
    }
    return false;
  }

  private interface Check {
    void run() throws ImageRefusedException;
  }

  private static boolean accepts(Check check) {
    try {
      check.run();
      return true;
    } catch (ImageRefusedException e) {
      return false;
    }
  }
}
