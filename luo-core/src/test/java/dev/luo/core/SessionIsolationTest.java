// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static dev.luo.core.ScriptedHandler.take;
import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.linux.Fd;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of one session is none of the others' business. */
@NoDescriptorLeaks
class SessionIsolationTest {

  private final List<String> calls = new ArrayList<>();

  @Test
  void ses45_closingAnOutgoingSessionLeavesTheOthersAlone() throws Exception {
    try (LiveUpdate luo = TwoStages.open(ScriptedHandler.forMemfds(calls))) {
      OutgoingSession first = luo.createSession("first");
      OutgoingSession second = luo.createSession("second");
      TwoStages.preserve(first, 1, 2);
      TwoStages.preserve(second, 3);
      take(calls);

      first.close();

      assertThat(take(calls)).containsExactly("unpreserve 0x2", "unpreserve 0x1");
      assertThat(second.tokens()).containsExactly(Token.of(3));
      TwoStages.preserve(second, 1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ses45_theEndOfAnIncomingSessionLeavesTheOthersAlone(boolean byName) throws Exception {
    try (LiveUpdate luo = TwoStages.arrived(ScriptedHandler.forMemfds(calls));
        IncomingSession other = luo.retrieveSession("t");
        Fd kept = other.retrieve(Token.of(4)).file()) {
      IncomingSession session = luo.retrieveSession("s");
      for (Token token : session.tokens()) {
        session.retrieve(token).file().close();
      }
      take(calls);

      if (byName) {
        session.finish();
      }
      session.close();

      assertThat(take(calls)).hasSize(9).noneMatch(call -> call.contains("0x4"));
      assertThat(Memfds.number(kept)).isEqualTo(4);
      assertThat(TwoStages.number(other, 4)).isEqualTo(4);
      other.finish();
      TwoStages.discardAll(luo);
    }
  }
}
