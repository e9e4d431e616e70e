// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover.guardian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.linux.Errno;
import dev.luo.linux.EventFd;
import dev.luo.linux.Fd;
import dev.luo.linux.LinuxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Places eventfds, each of which is known by what it has counted. */
final class DescriptorPlacementTest {
  /** Above whatever the JVM of the tests has open. */
  private static final int BASE = 2000;

  private final List<Integer> placed = new ArrayList<>();

  @AfterEach
  void closeAll() {
    placed.forEach(number -> Fd.adopt(number).close());
  }

  @Test
  void place_underFreeNumbers() throws LinuxException {
    place(new int[] {0, 1, 2}, new int[] {10, 11, 12});
  }

  @Test
  void place_whereTheyAre() throws LinuxException {
    place(new int[] {0, 1, 2}, new int[] {0, 1, 2});
  }

  @Test
  void place_oneAfterTheOther() throws LinuxException {
    place(new int[] {0, 1, 2, 3}, new int[] {1, 2, 3, 4});
    place(new int[] {21, 22, 23, 24}, new int[] {20, 21, 22, 23});
  }

  @Test
  void place_inCircles() throws LinuxException {
    place(new int[] {0, 1, 2, 3, 4}, new int[] {1, 0, 3, 4, 2});
  }

  @Test
  void place_anyPermutation() throws LinuxException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 20; round++) {
      int[] from = random.ints(0, 60).distinct().limit(40).toArray();
      int[] to = random.ints(0, 60).distinct().limit(40).toArray();
      try {
        place(from, to);
      } catch (AssertionError failure) {
        throw new AssertionError("seed " + seed + ", round " + round, failure);
      }
      closeAll();
      placed.clear();
    }
  }

  @Test
  void place_overSomethingElse() throws LinuxException {
    Fd other = counting(50, 99);

    place(new int[] {0}, new int[] {50});

    assertThat(EventFd.count(other)).isEqualTo(1);
    int _ = other.release();
  }

  @Test
  void place_beyondTheLimit() throws LinuxException {
    try (Fd descriptor = EventFd.create(0)) {
      assertThatExceptionOfType(LinuxException.class)
          .isThrownBy(() -> DescriptorPlacement.place(Map.of(Integer.MAX_VALUE, descriptor.lend())))
          .satisfies(failure -> assertThat(failure.errno()).isEqualTo(Errno.EINVAL));
    }
  }

  /** Opens eventfds under numbers and places them under others, all counted from the base. */
  private void place(int[] from, int[] to) throws LinuxException {
    Map<Integer, Fd> byTarget = new HashMap<>();
    for (int i = 0; i < from.length; i++) {
      byTarget.put(BASE + to[i], counting(from[i], i + 1));
    }

    DescriptorPlacement.place(byTarget);

    for (int i = 0; i < to.length; i++) {
      Fd descriptor = Fd.adopt(BASE + to[i]);
      placed.add(BASE + to[i]);
      assertThat(EventFd.count(descriptor)).as("under %d", to[i]).isEqualTo(i + 1);
      assertThat(descriptor.closeOnExec()).isFalse();
      int _ = descriptor.release();
    }
    for (int old : from) {
      if (IntStream.of(to).noneMatch(number -> number == old)) {
        Fd gone = Fd.adopt(BASE + old);
        assertThatExceptionOfType(LinuxException.class).isThrownBy(gone::closeOnExec);
        int _ = gone.release();
      }
    }
  }

  private static Fd counting(int number, int count) throws LinuxException {
    try (Fd low = EventFd.create(count)) {
      Fd high = low.duplicate(BASE + number);
      assertThat(high.number()).isEqualTo(BASE + number);
      return high;
    }
  }
}
