// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Errno;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;
import org.jspecify.annotations.Nullable;

/** A handler that cannot be loaded, or that contradicts itself when it is registered. */
public final class InvalidHandlerException extends LuoException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the refusal.
   *
   * @param errno EINVAL; ENOSPC if it has more FLBs than there is room for (LUO-FLB-07); EEXIST if
   *     it names one twice (LUO-FLB-04)
   * @param cause what led to it, or null
   */
  public InvalidHandlerException(
      String handler, String why, Errno errno, @Nullable Throwable cause) {
    super(handler + " cannot be registered: " + why, errno, Recovery.FIX_ARGUMENTS, cause);
  }
}
