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

  /** Creates the refusal. */
  public NotFinishableException(String session, Token token, String why) {
    super(
        "session \"" + session + "\" cannot be finished: token " + token + ' ' + why,
        Errno.EBUSY,
        Recovery.RETRY_LATER);
  }
}
