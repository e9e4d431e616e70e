// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Errno;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;

/** A name that another outgoing session has (LUO-SES-07). */
public final class SessionExistsException extends LuoException {

  private static final long serialVersionUID = 1L;

  private final String session;

  /** Creates the refusal. */
  public SessionExistsException(String name) {
    super(
        "there is an outgoing session \"" + name + "\" already",
        Errno.EEXIST,
        Recovery.FIX_ARGUMENTS);
    this.session = name;
  }

  /** Returns the name of the session. */
  public String session() {
    return session;
  }
}
