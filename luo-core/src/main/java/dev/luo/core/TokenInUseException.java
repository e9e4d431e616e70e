// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Errno;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;
import dev.luo.spi.Token;

/** A token that another file of the session has (LUO-FIL-02). */
public final class TokenInUseException extends LuoException {

  private static final long serialVersionUID = 1L;

  /** Creates the refusal. */
  public TokenInUseException(String session, Token token) {
    super(
        "session \"" + session + "\" has a file of token " + token + " already",
        Errno.EEXIST,
        Recovery.FIX_ARGUMENTS);
  }
}
