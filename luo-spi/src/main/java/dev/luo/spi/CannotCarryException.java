// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

import dev.luo.linux.Errno;
import org.jspecify.annotations.Nullable;

/** A descriptor that one of the declared crossings cannot take. */
public final class CannotCarryException extends LuoException {

  private static final long serialVersionUID = 1L;

  private final Crossing crossing;

  /**
   * Creates the refusal.
   *
   * @param errno ENOENT where the kernel has no handler for the descriptor, EMFILE or ENOSPC where
   *     descriptors or slots run out
   * @param cause what led to it, or null
   */
  public CannotCarryException(
      String message, Crossing crossing, Errno errno, @Nullable Throwable cause) {
    super(message, errno, Recovery.ABORT_UPDATE, cause);
    this.crossing = crossing;
  }

  /** Returns the crossing that refused. */
  public Crossing crossing() {
    return crossing;
  }
}
