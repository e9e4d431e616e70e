// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static dev.luo.core.ScriptedHandler.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.luo.core.internal.session.Incoming;
import dev.luo.linux.Fd;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The end of luo in a process that goes on. */
@NoDescriptorLeaks
class CloseLuoTest {

  private final List<String> calls = new ArrayList<>();

  @Test
  void dev05_outgoingSessionsAreClosedAndWhatCameIsLeftAlone() throws Exception {
    LiveUpdate luo = TwoStages.arrived(ScriptedHandler.forMemfds(calls));
    OutgoingSession a = luo.createSession("a");
    OutgoingSession b = luo.createSession("b");
    TwoStages.preserve(a, 0xa1, 0xa2);
    TwoStages.preserve(b, 0xb1);
    try (Fd retrieved = luo.retrieveSession("s").retrieve(Token.of(1)).file()) {
      Incoming incoming = (Incoming) luo.incoming().orElseThrow();
      int held = incoming.held().size();
      take(calls);

      luo.close();

      assertThat(take(calls))
          .containsExactly("unpreserve 0xb1", "unpreserve 0xa2", "unpreserve 0xa1");
      assertThat(incoming.held()).hasSize(held).allMatch(Fd::isOpen);
      assertThat(Memfds.number(retrieved)).isEqualTo(1);
      try (Fd memfd = Memfds.containing(1)) {
        assertThatIllegalStateException().isThrownBy(() -> a.preserve(Token.of(1), memfd));
      }
      incoming.abandon();
    }
  }
}
