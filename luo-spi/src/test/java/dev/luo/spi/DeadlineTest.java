// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {

  @Test
  void after_inTheFuture_isNotExpired() {
    Deadline deadline = Deadline.after(Duration.ofHours(1));

    assertThat(deadline.expired()).isFalse();
    assertThat(deadline.remaining()).isPositive().isLessThanOrEqualTo(Duration.ofHours(1));
  }

  @Test
  void after_nothing_isExpiredAtOnce() {
    assertThat(Deadline.after(Duration.ZERO).expired()).isTrue();
  }

  @Test
  void remaining_ofOneThatHasPassed_isZero() {
    Deadline passed = new Deadline(System.nanoTime() - 1);

    assertThat(passed.expired()).isTrue();
    assertThat(passed.remaining()).isZero();
  }

  @Test
  void expired_isRightWhereTheClockWraps() {
    // Only the difference means anything: the clock's numbers may wrap while a deadline is under
    // way.
    long now = System.nanoTime();

    assertThat(new Deadline(now + Long.MAX_VALUE / 2).expired()).isFalse();
    assertThat(new Deadline(now - Long.MAX_VALUE / 2).expired()).isTrue();
  }
}
