// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.luo.spi.Compatible;
import dev.luo.spi.Crossing;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What options take, and give back. */
@SuppressWarnings({"NullAway", "DataFlowIssue"}) // null is what is tried
class OptionsTest {

  private final Options options = Options.crossings(Crossing.EXEC);

  @Test
  void null_isRefusedAtOnce() {
    List<ThrowingCallable> setters =
        List.of(
            () -> options.discovery(null),
            () -> options.handler(null),
            () -> options.listener(null),
            () -> options.quiescer(null),
            () -> options.freezeDeadline(null),
            () -> options.callDeadline(null),
            () -> options.interruptGrace(null),
            () -> options.writing((Compatible) null),
            () -> options.limits(null, HandlerLimits.none()),
            () -> options.limits(Compatible.of("memfd-v1"), null),
            () -> options.imageAbi(null),
            () -> options.programVersion(null),
            () -> options.refreshing(null));

    assertThat(setters).allSatisfy(setter -> assertThatNullPointerException().isThrownBy(setter));
  }

  @Test
  void everyChange_isOfACopy() {
    Freshness nothing = _ -> {};

    Options changed =
        options
            .withoutDiscovery()
            .callDeadline(Duration.ofSeconds(2))
            .ignoringIncoming()
            .strict()
            .switchedOff()
            .writing(Compatible.of("memfd-v1"))
            .refreshing(nothing);

    assertThat(changed.discovery()).isEmpty();
    assertThat(changed.callDeadline()).hasSeconds(2);
    assertThat(changed.isIgnoringIncoming()).isTrue();
    assertThat(changed.isStrict()).isTrue();
    assertThat(changed.isSwitchedOff()).isTrue();
    assertThat(changed.writing()).containsExactly(Compatible.of("memfd-v1"));
    assertThat(changed.refreshing()).containsSame(nothing);
    assertThat(options.discovery()).isPresent();
    assertThat(options.isStrict()).isFalse();
    assertThat(options.writing()).isEmpty();
  }
}
