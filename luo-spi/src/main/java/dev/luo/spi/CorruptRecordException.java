// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

import dev.luo.linux.Errno;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that arrived and cannot be what a predecessor wrote. Thrown by luo for what it checks
 * itself, and by handlers for what only they can check.
 */
public final class CorruptRecordException extends LuoException {

  private static final long serialVersionUID = 1L;

  /** Creates the refusal; the message says which field holds what, and what it should. */
  public CorruptRecordException(String message) {
    this(message, null);
  }

  /**
   * Creates the refusal.
   *
   * @param cause what led to it, or null
   */
  public CorruptRecordException(String message, @Nullable Throwable cause) {
    super(message, Errno.EINVAL, Recovery.START_COLD, cause);
  }
}
