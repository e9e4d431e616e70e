// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.spi.Token;
import dev.luo.testing.LoggedLines;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** What the successor logs, and when. */
class AnnouncementTest {

  @Test
  void remarksOfARetrieve_waitUntilTheWorkloadRuns() throws Exception {
    ScriptedHandler handler = ScriptedHandler.forMemfds(new ArrayList<>());
    handler.whenRetrieving = context -> context.note("something is odd");
    try (LoggedLines lines = LoggedLines.of("dev.luo.core");
        LiveUpdate luo = TwoStages.arrived(handler);
        IncomingSession session = luo.retrieveSession("s")) {
      lines.clear();
      session.retrieve(Token.of(1)).file().close();
      assertThat(lines.messages()).isEmpty();

      luo.resumed();

      assertThat(lines.next())
          .isEqualTo("token 0x1 of session \"s\", handler scripted-memfd-v1: something is odd");
      assertThat(lines.next())
          .isEqualTo(
              "open for [EXEC], with handlers [scripted-memfd-v1]; what came: generation 1,"
                  + " HANDOVER, 3 sessions, 4 files");
      assertThat(lines.next())
          .startsWith("update 1 done, blackout ")
          .contains("LIVE=1", "WAITING=");
      session.retrieve(Token.of(2)).file().close();
      assertThat(lines.next()).endsWith("something is odd");
      session.discard();
      TwoStages.discardAll(luo);
    }
  }
}
