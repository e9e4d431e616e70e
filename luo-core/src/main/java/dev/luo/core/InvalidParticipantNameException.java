// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Errno;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;

/** A name that is not that of a {@linkplain Participant#name participant}. */
public final class InvalidParticipantNameException extends LuoException {

  private static final long serialVersionUID = 1L;

  /** Creates the refusal. */
  public InvalidParticipantNameException(String name) {
    super(
        "\"" + name + "\" cannot name a participant: it is 1 to 40 bytes without slash or NUL",
        Errno.EINVAL,
        Recovery.FIX_ARGUMENTS);
  }
}
