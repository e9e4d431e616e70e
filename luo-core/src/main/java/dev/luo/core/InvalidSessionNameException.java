// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Errno;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;

/** A name that is no session name (LUO-SES-02, LUO-SES-03). */
public final class InvalidSessionNameException extends LuoException {

  private static final long serialVersionUID = 1L;

  /** Creates the refusal. */
  public InvalidSessionNameException(String name, String why) {
    super("\"" + name + "\" cannot name a session: " + why, Errno.EINVAL, Recovery.FIX_ARGUMENTS);
  }
}
