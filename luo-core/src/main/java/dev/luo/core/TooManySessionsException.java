// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Errno;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;

/**
 * More sessions than the image has room for (LUO-SES-12): ENOSPC, or ENOMEM as in Linux 6.19 if the
 * image is to have its form.
 */
public final class TooManySessionsException extends LuoException {

  private static final long serialVersionUID = 1L;

  /** Creates the refusal. */
  public TooManySessionsException(ImageAbi abi) {
    super(
        "there are "
            + abi.maxSessions()
            + " outgoing sessions, and no more fit an image of form "
            + abi,
        abi == ImageAbi.LUO_V1 ? Errno.ENOMEM : Errno.ENOSPC,
        Recovery.FIX_ARGUMENTS);
  }
}
