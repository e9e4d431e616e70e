// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Errno;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;

/** A participant that asked for a session of somebody else. */
public final class OutsideScopeException extends LuoException {

  private static final long serialVersionUID = 1L;

  /** Creates the refusal. */
  public OutsideScopeException(String prefix, String session) {
    super(
        "session \"%s\" is not for whose sessions begin with \"%s\"".formatted(session, prefix),
        Errno.EPERM,
        Recovery.FIX_ARGUMENTS);
  }
}
