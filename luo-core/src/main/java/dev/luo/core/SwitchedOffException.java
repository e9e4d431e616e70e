// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Errno;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;

/** Something that was asked of a luo that is {@linkplain Options#switchedOff() switched off}. */
public final class SwitchedOffException extends LuoException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the refusal.
   *
   * @param asked what was asked, such as {@code a session cannot be created}
   * @param errno ENOENT where the kernel would lack the device (LUO-DEV-09), EOPNOTSUPP where it
   *     would refuse a registration or the access to an FLB (LUO-REG-01, LUO-FLB-01)
   */
  public SwitchedOffException(String asked, Errno errno) {
    super(asked + ": live update is switched off", errno, Recovery.PROVIDE_MISSING);
  }
}
