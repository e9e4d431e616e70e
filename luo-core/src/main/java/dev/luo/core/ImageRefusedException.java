// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Errno;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;
import org.jspecify.annotations.Nullable;

/**
 * An image that arrived and cannot be used, as a whole.
 *
 * <p>Thrown before any handler has been called. Nothing has been changed: the memory is still there
 * to be inspected, and the descriptors that came with it are still open.
 */
public final class ImageRefusedException extends LuoException {

  private static final long serialVersionUID = 1L;

  private final String where;

  /**
   * Creates the refusal.
   *
   * @param where the part of the image that is wrong, such as {@code session block 3}
   * @param message what stands there, and what should
   */
  public ImageRefusedException(String where, String message) {
    this(where, message, null);
  }

  /**
   * Creates the refusal.
   *
   * @param where the part of the image that is wrong, such as {@code session block 3}
   * @param message what stands there, and what should
   * @param cause what led to it, or null
   */
  public ImageRefusedException(String where, String message, @Nullable Throwable cause) {
    super("image refused: " + where + ": " + message, Errno.EINVAL, Recovery.START_COLD, cause);
    this.where = where;
  }

  /**
   * Creates the refusal that an opening answers for another one.
   *
   * @param refusal which says what is wrong
   * @param errno in the place of that one's
   */
  public ImageRefusedException(ImageRefusedException refusal, Errno errno) {
    super(refusal.getMessage() + " [" + errno.name() + ']', errno, refusal.recovery(), refusal);
    this.where = refusal.where;
  }

  /** Returns the part of the image that is wrong, such as {@code session block 3}. */
  public String where() {
    return where;
  }
}
