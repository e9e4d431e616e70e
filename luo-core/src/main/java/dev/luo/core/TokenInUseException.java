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

  private final String session;

  /** The value, as the type need not be serializable. */
  private final long token;

  /** Creates the refusal. */
  public TokenInUseException(String session, Token token) {
    super(
        "session \"" + session + "\" has a file of token " + token + " already",
        Errno.EEXIST,
        Recovery.FIX_ARGUMENTS);
    this.session = session;
    this.token = token.value();
  }

  /** Returns the name of the session. */
  public String session() {
    return session;
  }

  /** Returns the token. */
  public Token token() {
    return Token.of(token);
  }
}
