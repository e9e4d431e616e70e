// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Errno;
import dev.luo.spi.Compatible;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;

/**
 * Two handlers, or two FLBs, of which one string names both (LUO-REG-03, LUO-REG-14, LUO-FLB-06).
 */
public final class DuplicateHandlerException extends LuoException {

  private static final long serialVersionUID = 1L;

  /** Creates the refusal, naming both classes. */
  public DuplicateHandlerException(Compatible compatible, String first, String second) {
    super(
        "both " + first + " and " + second + " stand for " + compatible + "; remove one of them",
        Errno.EEXIST,
        Recovery.FIX_ARGUMENTS);
  }
}
