// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

/**
 * That a participant takes part, from {@link LiveUpdate#join} until this is closed. Thread-safe.
 */
public interface Membership extends AutoCloseable {

  /**
   * Ends it: the participant is called for no update that begins from now on, and its name is free.
   * If it is paused, it is resumed first, as the update ends. Its sessions stay as they are, its
   * own to close. Idempotent; the end of luo ends it too.
   */
  @Override
  void close();
}
