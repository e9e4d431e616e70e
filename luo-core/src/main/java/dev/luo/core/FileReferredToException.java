// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Errno;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;
import dev.luo.spi.Token;

/** A file that another one cannot be rebuilt without. */
public final class FileReferredToException extends LuoException {

  private static final long serialVersionUID = 1L;

  private final String session;

  /** The values, as the types need not be serializable. */
  private final long token;

  private final long by;

  /** Creates the refusal. */
  public FileReferredToException(String session, Token token, Token by) {
    super(
        "token "
            + token
            + " of session \""
            + session
            + "\" is needed by token "
            + by
            + "; give that one up first",
        Errno.EBUSY,
        Recovery.FIX_ARGUMENTS);
    this.session = session;
    this.token = token.value();
    this.by = by.value();
  }

  /** Returns the name of the session of both. */
  public String session() {
    return session;
  }

  /** Returns the token of the file that is needed. */
  public Token token() {
    return Token.of(token);
  }

  /** Returns the token of the file that cannot be rebuilt without it. */
  public Token by() {
    return Token.of(by);
  }
}
