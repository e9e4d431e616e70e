// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.testing;

import java.util.List;

/** What a logger says from warnings on, from being opened until being closed. Thread-safe. */
public final class LoggedWarnings implements AutoCloseable {

  private final LoggedLines lines;

  private LoggedWarnings(LoggedLines lines) {
    this.lines = lines;
  }

  /**
   * Listens to a logger.
   *
   * @param logger its name, as {@link System#getLogger} knows it
   */
  public static LoggedWarnings of(String logger) {
    return new LoggedWarnings(LoggedLines.warningsOf(logger));
  }

  /** Lists what was said so far. */
  public List<String> messages() {
    return lines.messages();
  }

  @Override
  public void close() {
    lines.close();
  }
}
