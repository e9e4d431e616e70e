// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Errno;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;

/**
 * A thing that is preserved under another token, or was retrieved from a session that is not
 * finished (LUO-FIL-09 to LUO-FIL-14).
 */
public final class AlreadyPreservedException extends LuoException {

  private static final long serialVersionUID = 1L;

  /** Creates the refusal. */
  public AlreadyPreservedException(String file, String holder) {
    super(file + " is the same thing as " + holder, Errno.EBUSY, Recovery.FIX_ARGUMENTS);
  }
}
