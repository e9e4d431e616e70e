// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.luo.core.testing.InProcessHandover;
import dev.luo.linux.Errno;
import dev.luo.spi.Compatible;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A luo that is switched off, up to its update, which replaces the process. */
@NoDescriptorLeaks
class SwitchedOffTest {

  private final List<String> calls = new ArrayList<>();
  private final CountedState shared = new CountedState("shared-v1", 1, calls);
  private final ScriptedHandler handler = ScriptedHandler.forMemfds(calls, shared);
  private LiveUpdate luo;

  @BeforeEach
  void open() throws Exception {
    luo = InProcessHandover.open(TwoStages.options(handler).switchedOff());
  }

  @AfterEach
  void close() {
    luo.close();
    assertThat(calls).isEmpty();
  }

  private static void assertRefused(Errno errno, ThrowingCallable call) {
    assertThatExceptionOfType(SwitchedOffException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.errno()).isEqualTo(errno));
  }

  @Test
  void dev09_thereIsNothingToMakeOrTakeSessionsFrom() {
    assertRefused(Errno.ENOENT, () -> luo.createSession("s"));
    assertRefused(Errno.ENOENT, () -> luo.retrieveSession("s"));
    assertThat(luo.incoming()).isEmpty();
    assertThat(luo.report()).isEmpty();
    luo.resumed();
  }

  @Test
  void reg01_reg04_flb01_aHandlerIsRefusedWhateverIsWrongWithIt() {
    assertRefused(Errno.EOPNOTSUPP, () -> luo.register(handler));
    ScriptedHandler contradicting = ScriptedHandler.forMemfds(calls, shared, shared);
    assertRefused(Errno.EOPNOTSUPP, () -> luo.register(contradicting));
    assertThat(luo.handlers().list()).isEmpty();
    assertThatExceptionOfType(NoHandlerException.class)
        .isThrownBy(() -> luo.handlers().switchOff(Compatible.of("scripted-memfd-v1")));
  }

  @Test
  void reg04_handlersThatTheOptionsNameAreNotLookedAt() throws Exception {
    ScriptedHandler contradicting = ScriptedHandler.forMemfds(calls, shared, shared);
    InProcessHandover.open(TwoStages.options(contradicting, contradicting).switchedOff()).close();
  }

  @Test
  void reg09_unregisteringDoesNothing() throws Exception {
    luo.unregister(handler);
    luo.unregister(handler);
  }

  @Test
  void flb18_flb23_sharedStateIsRefused() {
    assertRefused(Errno.EOPNOTSUPP, () -> luo.outgoing(shared));
    assertRefused(Errno.EOPNOTSUPP, () -> luo.incoming(shared));
  }

  @Test
  void close_isTheEndAsOfAnyLuo() {
    luo.close();
    luo.close();

    assertThatIllegalStateException().isThrownBy(() -> luo.createSession("s"));
    assertThatIllegalStateException().isThrownBy(() -> luo.update(Successor.sameCommand()));
  }
}
