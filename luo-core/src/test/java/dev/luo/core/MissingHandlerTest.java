// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.core.testing.InProcessHandover;
import dev.luo.linux.Errno;
import dev.luo.linux.FdKind;
import dev.luo.linux.Pipe;
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
  void des08_des13_des19_reg13_aMissingHandlerBlocksItsFilesAndCanBeSuppliedLater()
      throws Exception {
    LiveUpdate predecessor = TwoStages.open(ScriptedHandler.forMemfds(new ArrayList<>()));
    TwoStages.preserve(predecessor.createSession("s"), 1);
    try (InProcessHandover handover = TwoStages.handOver(predecessor);
        LiveUpdate luo = handover.successor();
        IncomingSession came = luo.retrieveSession("s")) {
      assertThatExceptionOfType(NoHandlerException.class)
          .isThrownBy(() -> came.retrieve(Token.of(1)))
          .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT))
          .withMessageContaining("scripted-memfd-v1");
      assertThatExceptionOfType(NotFinishableException.class)
          .isThrownBy(came::finish)
          .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EBUSY));

      luo.register(ScriptedHandler.forMemfds(calls));

      assertThat(TwoStages.number(came, 1)).isEqualTo(1);
    }
  }

  @Test
  void des08_des13_itKeepsNothingElseFromBeingUsed() throws Exception {
    LiveUpdate predecessor =
        TwoStages.open(
            ScriptedHandler.forMemfds(new ArrayList<>()),
            new ScriptedHandler("pipe-v1", FdKind.PIPE, new ArrayList<>()));
    OutgoingSession mixed = predecessor.createSession("mixed");
    TwoStages.preserve(mixed, 1);
    TwoStages.preserve(predecessor.createSession("whole"), 2);
    try (Pipe pipe = Pipe.create()) {
      mixed.preserve(Token.of(3), pipe.reading());
    }
    try (InProcessHandover handover =
            TwoStages.handOver(predecessor, ScriptedHandler.forMemfds(calls));
        LiveUpdate luo = handover.successor();
        IncomingSession came = luo.retrieveSession("mixed");
        IncomingSession whole = luo.retrieveSession("whole")) {
      assertThatExceptionOfType(NoHandlerException.class)
          .isThrownBy(() -> came.retrieve(Token.of(3)))
          .withMessageContaining("pipe-v1");

      assertThat(TwoStages.number(came, 1)).isEqualTo(1);
      assertThat(TwoStages.number(whole, 2)).isEqualTo(2);
      whole.finish();
      luo.createSession("new").close();
      assertThatExceptionOfType(NotFinishableException.class).isThrownBy(came::finish);
      came.discard();
    }
  }
}
