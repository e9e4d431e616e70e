// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Errno;
import dev.luo.spi.Compatible;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;
import dev.luo.spi.Token;

/**
 * A thing that is preserved under another token, or was retrieved from a session that is not
 * finished (LUO-FIL-09 to LUO-FIL-14).
 */
public final class AlreadyPreservedException extends LuoException {

  private static final long serialVersionUID = 1L;

  private final String session;

  /** The values, as the types need not be serializable. */
  private final long token;

  private final String compatible;

  /**
   * Creates the refusal.
   *
   * @param file what was to be preserved, for people
   * @param session of the file that is the same thing, as are token and handler
   */
  public AlreadyPreservedException(
      String file, String session, Token token, Compatible compatible) {
    super(
        "%s is the same thing as token %s of session \"%s\", handler %s"
            .formatted(file, token, session, compatible),
        Errno.EBUSY,
        Recovery.FIX_ARGUMENTS);
    this.session = session;
    this.token = token.value();
    this.compatible = compatible.value();
  }

  /** Returns the name of the session that has the thing already. */
  public String session() {
    return session;
  }

  /** Returns the token under which that session has it. */
  public Token token() {
    return Token.of(token);
  }

  /** Returns the handler of the file that is the same thing. */
  public Compatible compatible() {
    return Compatible.of(compatible);
  }
}
