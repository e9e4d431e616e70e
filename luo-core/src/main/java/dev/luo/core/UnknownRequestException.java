// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Errno;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;

/**
 * A request that the kernel's orchestrator does not have, made of a luo that {@linkplain
 * Options#strict reproduces it} (LUO-FIL-26).
 */
public final class UnknownRequestException extends LuoException {

  private static final long serialVersionUID = 1L;

  /** Creates the refusal. */
  public UnknownRequestException(String session, String request) {
    super(
        "session \"" + session + "\" does not know " + request + ": luo was opened as strict",
        Errno.EINVAL,
        Recovery.FIX_ARGUMENTS);
  }
}
