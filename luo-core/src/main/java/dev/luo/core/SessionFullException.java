// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Errno;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;

/** More files than a session has room for (LUO-FIL-19). */
public final class SessionFullException extends LuoException {

  private static final long serialVersionUID = 1L;

  private final String session;
  private final int limit;

  /** Creates the refusal. */
  public SessionFullException(String session, int limit) {
    super(
        "session \"" + session + "\" has " + limit + " files, and no more fit",
        Errno.ENOSPC,
        Recovery.FIX_ARGUMENTS);
    this.session = session;
    this.limit = limit;
  }

  /** Returns the name of the session. */
  public String session() {
    return session;
  }

  /** Returns how many files fit. */
  public int limit() {
    return limit;
  }
}
