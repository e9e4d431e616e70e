// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Errno;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;

/** A handler that cannot be loaded, or that contradicts itself when it is registered. */
public final class InvalidHandlerException extends LuoException {

  private static final long serialVersionUID = 1L;

  /** Creates the refusal; the cause says what is wrong. */
  public InvalidHandlerException(String handler, Throwable cause) {
    super(
        handler + " cannot be registered: " + cause.getMessage(),
        Errno.EINVAL,
        Recovery.FIX_ARGUMENTS,
        cause);
  }
}
