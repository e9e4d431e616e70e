// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Errno;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;
import org.jspecify.annotations.Nullable;

/** Handover memory that cannot be had, or is used up. */
public final class HandoverMemoryException extends LuoException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the refusal.
   *
   * @param cause what led to it, or null
   */
  public HandoverMemoryException(String message, Errno errno, @Nullable Throwable cause) {
    super(message, errno, Recovery.PROVIDE_MISSING, cause);
  }
}
