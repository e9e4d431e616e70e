// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Errno;
import dev.luo.spi.Compatible;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;

/**
 * A handler, or shared state, that asked for more handover memory than {@link HandlerLimits} give
 * it. The operation that asked fails with it, and what that operation had taken is given back.
 */
public final class QuotaExceededException extends LuoException {

  private static final long serialVersionUID = 1L;

  /** The value, as the type need not be serializable. */
  private final String compatible;

  private final long asked;
  private final long used;
  private final long limit;

  /** Creates the refusal; all sizes are in bytes. */
  public QuotaExceededException(Compatible compatible, long asked, long used, long limit) {
    super(
        "%s asked for %d bytes of handover memory more; it has %d and may have %d"
            .formatted(compatible, asked, used, limit),
        Errno.EDQUOT,
        Recovery.PROVIDE_MISSING);
    this.compatible = compatible.value();
    this.asked = asked;
    this.used = used;
    this.limit = limit;
  }

  /** Returns which handler or shared state asked. */
  public Compatible compatible() {
    return Compatible.of(compatible);
  }

  /** Returns how many bytes it asked for, rounded up as they would have been taken. */
  public long asked() {
    return asked;
  }

  /** Returns how many it had. */
  public long used() {
    return used;
  }

  /** Returns how many it may have. */
  public long limit() {
    return limit;
  }
}
