// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Errno;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;

/** More sessions than the image has room for (LUO-SES-12). */
public final class TooManySessionsException extends LuoException {

  private static final long serialVersionUID = 1L;

  /** Creates the refusal. */
  public TooManySessionsException(int limit) {
    super(
        "there are " + limit + " outgoing sessions, and no more fit",
        Errno.ENOSPC,
        Recovery.FIX_ARGUMENTS);
  }
}
