// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Errno;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;
import java.util.List;

/**
 * An update while something is handed to this process and not finished: it would be lost
 * (LUO-SES-39, LUO-SES-40).
 */
public final class IncomingUnfinishedException extends LuoException {

  private static final long serialVersionUID = 1L;

  /** Creates the refusal. */
  public IncomingUnfinishedException(List<String> sessions) {
    super(
        "these sessions were handed to this process and are not finished: "
            + String.join(", ", sessions)
            + "; finish or discard them first",
        Errno.EBUSY,
        Recovery.FIX_ARGUMENTS);
  }
}
