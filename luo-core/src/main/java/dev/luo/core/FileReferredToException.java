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
  }
}
