// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Errno;
import dev.luo.spi.Compatible;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;

/** A shared state that has no live object to be had. */
public final class NoSharedStateException extends LuoException {

  private static final long serialVersionUID = 1L;

  /** The value, as the type need not be serializable. */
  private final String compatible;

  private NoSharedStateException(
      Compatible compatible, String why, Errno errno, Recovery recovery) {
    super("shared state " + compatible + " " + why, errno, recovery);
    this.compatible = compatible.value();
  }

  /** Creates the refusal of an outgoing one that no file stands on (LUO-FLB-18). */
  public static NoSharedStateException notPreserved(Compatible compatible) {
    return new NoSharedStateException(
        compatible, "is not preserved: no file stands on it", Errno.ENOENT, Recovery.RETRY_LATER);
  }

  /** Creates the refusal of an incoming one where nothing came (LUO-FLB-23). */
  public static NoSharedStateException nothingCame(Compatible compatible) {
    return new NoSharedStateException(
        compatible,
        "cannot have come: nothing was handed over",
        Errno.ENODATA,
        Recovery.START_COLD);
  }

  /** Creates the refusal of an incoming one that is not among what came (LUO-FLB-24). */
  public static NoSharedStateException notHandedOver(Compatible compatible) {
    return new NoSharedStateException(
        compatible, "was not handed over", Errno.ENOENT, Recovery.START_COLD);
  }

  /** Creates the refusal of an incoming one whose last file is finished (LUO-FLB-30). */
  public static NoSharedStateException finished(Compatible compatible) {
    return new NoSharedStateException(
        compatible,
        "is finished, with the last file that stood on it",
        Errno.ENODATA,
        Recovery.START_COLD);
  }

  /** Returns which it is. */
  public Compatible compatible() {
    return Compatible.of(compatible);
  }
}
