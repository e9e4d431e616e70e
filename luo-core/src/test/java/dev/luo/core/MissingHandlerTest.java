// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.core.testing.InProcessHandover;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files that came before their handler. */
@NoDescriptorLeaks
class MissingHandlerTest {

  private final List<String> calls = new ArrayList<>();

  @Test
  void des08_aMissingHandlerBlocksItsFilesAndCanBeSuppliedLater() throws Exception {
    LiveUpdate predecessor = TwoStages.open(ScriptedHandler.forMemfds(new ArrayList<>()));
    TwoStages.preserve(predecessor.createSession("s"), 1);
    try (InProcessHandover handover = TwoStages.handOver(predecessor);
        LiveUpdate luo = handover.successor();
        IncomingSession came = luo.retrieveSession("s")) {
      assertThatExceptionOfType(NoHandlerException.class)
          .isThrownBy(() -> came.retrieve(Token.of(1)))
          .withMessageContaining("scripted-memfd-v1");

      luo.register(ScriptedHandler.forMemfds(calls));

      assertThat(TwoStages.number(came, 1)).isEqualTo(1);
    }
  }
}
