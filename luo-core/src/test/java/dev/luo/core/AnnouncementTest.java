// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.spi.Token;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the successor logs, and when. */
class AnnouncementTest {

  private final Logger logger = Logger.getLogger("dev.luo.core");
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final Handler listener =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          lines.add(MessageFormat.format(record.getMessage(), record.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    logger.addHandler(listener);
  }

  @AfterEach
  void ignore() {
    logger.removeHandler(listener);
  }

  private String next() throws InterruptedException {
    return String.valueOf(lines.poll(1, TimeUnit.MINUTES));
  }

  @Test
  void remarksOfARetrieve_waitUntilTheWorkloadRuns() throws Exception {
    ScriptedHandler handler = ScriptedHandler.forMemfds(new ArrayList<>());
    handler.whenRetrieving = context -> context.note("something is odd");
    try (LiveUpdate luo = TwoStages.arrived(handler);
        IncomingSession session = luo.retrieveSession("s")) {
      lines.clear();
      session.retrieve(Token.of(1)).file().close();
      assertThat(lines).isEmpty();

      luo.resumed();

      assertThat(next())
          .isEqualTo("token 0x1 of session \"s\", handler scripted-memfd-v1: something is odd");
      assertThat(next())
          .isEqualTo(
              "open for [EXEC], with handlers [scripted-memfd-v1]; what came: generation 1,"
                  + " HANDOVER, 3 sessions, 4 files");
      assertThat(next()).startsWith("update 1 done, blackout ").contains("LIVE=1", "WAITING=");
      session.retrieve(Token.of(2)).file().close();
      assertThat(next()).endsWith("something is odd");
      session.discard();
      TwoStages.discardAll(luo);
    }
  }
}
