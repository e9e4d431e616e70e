// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Errno;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;
import dev.luo.spi.Token;

/**
 * A session that is not finished, since a file of it would be lost or its handler does not agree
 * (LUO-SES-33).
 */
public final class NotFinishableException extends LuoException {

  private static final long serialVersionUID = 1L;

  /** Why a session is not finished. May gain constants. */
  public enum Reason {
    /** The file would be lost: retrieve it, or discard the session. */
    NOT_RETRIEVED("was not retrieved and would be lost; retrieve or discard it"),
    /** The file's handler does not agree yet. */
    STILL_NEEDED("is still needed by its handler");

    private final String text;

    Reason(String text) {
      this.text = text;
    }
  }

  private final String session;

  /** The value, as the type need not be serializable. */
  private final long token;

  private final Reason reason;

  /** Creates the refusal. */
  public NotFinishableException(String session, Token token, Reason reason) {
    super(
        "session \"" + session + "\" cannot be finished: token " + token + ' ' + reason.text,
        Errno.EBUSY,
        reason == Reason.STILL_NEEDED ? Recovery.RETRY_LATER : Recovery.FIX_ARGUMENTS);
    this.session = session;
    this.token = token.value();
    this.reason = reason;
  }

  /** Returns the name of the session. */
  public String session() {
    return session;
  }

  /** Returns the token of the first file that stands in the way. */
  public Token token() {
    return Token.of(token);
  }

  /** Returns what is wrong with that file. */
  public Reason reason() {
    return reason;
  }
}
