// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.model;

import org.jspecify.annotations.Nullable;

/**
 * Keeps luo from logging: misbehaviour is told to handlers by the thousand here, and luo says
 * something of each. By reflection, since luo itself needs no module but java.base.
 */
final class QuietLog implements AutoCloseable {

  /** Kept, as the JDK would forget it together with its level. */
  private final Object logger;

  private final Class<?> level;

  QuietLog() throws ReflectiveOperationException {
    Class<?> type = Class.forName("java.util.logging.Logger");
    level = Class.forName("java.util.logging.Level");
    logger = type.getMethod("getLogger", String.class).invoke(null, "dev.luo");
    set(level.getField("OFF").get(null));
  }

  private void set(@Nullable Object threshold) throws ReflectiveOperationException {
    Object _ = logger.getClass().getMethod("setLevel", level).invoke(logger, threshold);
  }

  @Override
  public void close() throws ReflectiveOperationException {
    set(null);
  }
}
