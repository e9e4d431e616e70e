// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Errno;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;

/** A session that was handed over and is claimed (LUO-SES-24). */
public final class SessionClaimedException extends LuoException {

  private static final long serialVersionUID = 1L;

  /** Creates the refusal. */
  public SessionClaimedException(String name) {
    super(
        "session \"" + name + "\" is claimed; close it first",
        Errno.EINVAL,
        Recovery.FIX_ARGUMENTS);
  }
}
