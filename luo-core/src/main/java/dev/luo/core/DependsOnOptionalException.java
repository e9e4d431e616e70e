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
  }
}
