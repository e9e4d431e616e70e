// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Errno;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;

/** A session that was not handed over, or is finished (LUO-SES-20, LUO-SES-26). */
public final class NoSuchSessionException extends LuoException {

  private static final long serialVersionUID = 1L;

  /** Creates the refusal. */
  public NoSuchSessionException(String name) {
    super(
        "no session \"" + name + "\" was handed over, or it is finished",
        Errno.ENOENT,
        Recovery.FIX_ARGUMENTS);
  }
}
