// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Errno;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The process could not be replaced, although its successor had been tried before.
 *
 * <p>Thrown after the freeze. By then everything is as it was before the update: flags of
 * descriptors are put back, a guardian has been dismissed, the files are unfrozen and the workload
 * has been resumed.
 */
public final class ExecFailedException extends LuoException {
  @Serial private static final long serialVersionUID = 1;

  /**
   * Creates the failure.
   *
   * @param message what was tried
   * @param errno what the system answered
   * @param cause what led to it, or null
   */
  public ExecFailedException(String message, Errno errno, @Nullable Throwable cause) {
    super(message, errno, Recovery.ABORT_UPDATE, cause);
  }
}
