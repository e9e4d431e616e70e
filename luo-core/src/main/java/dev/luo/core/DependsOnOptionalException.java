// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Errno;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;
import dev.luo.spi.Token;

/**
 * A mandatory file that is to refer to an optional one, which may stay behind. The handler meets it
 * when it refers to the other file; the embedder, as the cause of the handler's failure.
 */
public final class DependsOnOptionalException extends LuoException {

  private static final long serialVersionUID = 1L;

  private final String session;

  /** The values, as the types need not be serializable. */
  private final long mandatory;

  private final long optional;

  /** Creates the refusal. */
  public DependsOnOptionalException(String session, Token mandatory, Token optional) {
    super(
        "token "
            + mandatory
            + " of session \""
            + session
            + "\" is mandatory and cannot refer to token "
            + optional
            + ", which is optional; preserve both with the same importance",
        Errno.EINVAL,
        Recovery.FIX_ARGUMENTS);
    this.session = session;
    this.mandatory = mandatory.value();
    this.optional = optional.value();
  }

  /** Returns the name of the session of both. */
  public String session() {
    return session;
  }

  /** Returns the token of the mandatory file. */
  public Token mandatory() {
    return Token.of(mandatory);
  }

  /** Returns the token of the optional file that it was to refer to. */
  public Token optional() {
    return Token.of(optional);
  }
}
