// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Errno;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;

/** A name that another participant has. */
public final class DuplicateParticipantException extends LuoException {

  private static final long serialVersionUID = 1L;

  /** Creates the refusal. */
  public DuplicateParticipantException(String name) {
    super("there is a participant \"" + name + "\" already", Errno.EEXIST, Recovery.FIX_ARGUMENTS);
  }
}
