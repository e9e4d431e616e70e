// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.testing;

import java.text.MessageFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What a logger says, from being opened until being closed. Thread-safe. */
public final class LoggedLines implements AutoCloseable {

  private final Logger logger;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final Handler listener;

  private LoggedLines(Logger logger, Level least) {
    this.logger = logger;
    this.listener =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            if (record.getLevel().intValue() >= least.intValue()) {
              lines.add(text(record));
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.addHandler(listener);
  }

  /**
   * Listens to a logger.
   *
   * @param logger its name, as {@link System#getLogger} knows it
   */
  public static LoggedLines of(String logger) {
    return new LoggedLines(Logger.getLogger(logger), Level.ALL);
  }

  /** Listens to what a logger says from warnings on. */
  static LoggedLines warningsOf(String logger) {
    return new LoggedLines(Logger.getLogger(logger), Level.WARNING);
  }

  private static String text(LogRecord record) {
    Object[] parameters = record.getParameters();
    return parameters == null
        ? record.getMessage()
        : MessageFormat.format(record.getMessage(), parameters);
  }

  /** Lists what was said and not taken yet. */
  public List<String> messages() {
    return List.copyOf(lines);
  }

  /** Forgets what was said so far. */
  public void clear() {
    lines.clear();
  }

  /** Takes the next line, and waits for it a minute at most. */
  public String next() throws InterruptedException {
    String line = lines.poll(1, TimeUnit.MINUTES);
    if (line == null) {
      throw new AssertionError("nothing was logged within a minute");
    }
    return line;
  }

  @Override
  public void close() {
    logger.removeHandler(listener);
  }
}
