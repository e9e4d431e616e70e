// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Errno;
import dev.luo.spi.Compatible;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;

/** A handler that cannot be unregistered, as files still need it (LUO-REG-10). */
public final class HandlerInUseException extends LuoException {

  private static final long serialVersionUID = 1L;

  /** The value, as the type need not be serializable. */
  private final String compatible;

  private final long preserved;
  private final long unfinished;

  /** Creates the refusal. */
  public HandlerInUseException(Compatible compatible, long preserved, long unfinished) {
    super(
        "handler %s has %d preserved files, and accepts %d files that came and are not finished"
            .formatted(compatible, preserved, unfinished),
        Errno.EBUSY,
        Recovery.RETRY_LATER);
    this.compatible = compatible.value();
    this.preserved = preserved;
    this.unfinished = unfinished;
  }

  /** Returns which handler it is. */
  public Compatible compatible() {
    return Compatible.of(compatible);
  }

  /** Returns how many outgoing files it preserved that are not released. */
  public long preserved() {
    return preserved;
  }

  /** Returns how many incoming files it accepts whose sessions are not finished. */
  public long unfinished() {
    return unfinished;
  }
}
