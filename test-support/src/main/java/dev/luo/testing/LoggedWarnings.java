// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.testing;

import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What a logger says from warnings on, from being opened until being closed. Thread-safe. */
public final class LoggedWarnings implements AutoCloseable {

  private final Logger logger;
  private final List<String> messages = Collections.synchronizedList(new ArrayList<>());
  private final Handler listener =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
            messages.add(text(record));
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private LoggedWarnings(Logger logger) {
    this.logger = logger;
    logger.addHandler(listener);
  }

  /**
   * Listens to a logger.
   *
   * @param logger its name, as {@link System#getLogger} knows it
   */
  public static LoggedWarnings of(String logger) {
    return new LoggedWarnings(Logger.getLogger(logger));
  }

  private static String text(LogRecord record) {
    Object[] parameters = record.getParameters();
    return parameters == null
        ? record.getMessage()
        : MessageFormat.format(record.getMessage(), parameters);
  }

  /** Lists what was said so far. */
  public List<String> messages() {
    return List.copyOf(messages);
  }

  @Override
  public void close() {
    logger.removeHandler(listener);
  }
}
