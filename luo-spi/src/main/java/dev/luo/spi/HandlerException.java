// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

import dev.luo.linux.Errno;
import dev.luo.linux.LinuxException;
import org.jspecify.annotations.Nullable;

/**
 * A handler's own failure: the file cannot be saved, frozen or rebuilt. The message says why in the
 * handler's words; luo adds session, token, handler and step when it reports it.
 */
public class HandlerException extends LuoException {

  private static final long serialVersionUID = 1L;

  /** Creates a failure of preserve or freeze, for which the update is to be given up. */
  public HandlerException(String message, Errno errno) {
    super(message, errno, Recovery.ABORT_UPDATE);
  }

  /** Creates a failure with advice of the handler's own. */
  public HandlerException(String message, Errno errno, Recovery recovery) {
    super(message, errno, recovery);
  }

  /**
   * Creates a failure with advice of the handler's own and another failure behind it.
   *
   * @param cause what led to it, or null
   */
  public HandlerException(
      String message, Errno errno, Recovery recovery, @Nullable Throwable cause) {
    super(message, errno, recovery, cause);
  }

  /** Returns the failure that a system call led to, with its errno. */
  public static HandlerException of(String message, LinuxException cause) {
    return new HandlerException(
        message + ": " + cause.getMessage(), cause.errno(), Recovery.ABORT_UPDATE, cause);
  }
}
