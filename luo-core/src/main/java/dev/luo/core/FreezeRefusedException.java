// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Errno;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;

/**
 * An update that was given up before anything crossed: the workload could not be paused, a handler
 * refused to freeze its file (then the cause is a {@link HandlerFailedException}), or the image
 * could not be written. What was frozen is unfrozen, and the workload runs.
 */
public final class FreezeRefusedException extends LuoException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the refusal with the errno and advice of a failure of luo or a handler (LUO-SER-06).
   */
  public FreezeRefusedException(LuoException cause) {
    super("update refused: " + cause.getMessage(), cause.errno(), cause.recovery(), cause);
  }

  /** Creates the refusal of an application that could not be paused. */
  public FreezeRefusedException(String message, Throwable cause) {
    super("update refused: " + message, Errno.EBUSY, Recovery.RETRY_LATER, cause);
  }
}
