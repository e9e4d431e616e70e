// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

import dev.luo.linux.Errno;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A failure that somebody has to decide about. Checked, because it triggers roll-back and the
 * compiler then shows where; programmers' errors stay unchecked.
 *
 * <p>Every one carries the errno that Linux's own orchestrator would answer, and what to do now.
 * Messages name session, token, compatible string and step as far as they are known, for instance
 * {@code freeze failed for token 0x1001 of session "vm-42", handler memfd-user-v1 [EIO]}.
 */
public class LuoException extends Exception {

  private static final long serialVersionUID = 1L;

  /** The errno's number: {@link Errno} itself need not be serializable. */
  private final int errno;

  private final Recovery recovery;

  /** Creates a failure without another one behind it. */
  public LuoException(String message, Errno errno, Recovery recovery) {
    this(message, errno, recovery, null);
  }

  /**
   * Creates a failure.
   *
   * @param cause what led to it, or null
   */
  public LuoException(String message, Errno errno, Recovery recovery, @Nullable Throwable cause) {
    super(message, cause);
    this.errno = errno.number();
    this.recovery = Objects.requireNonNull(recovery, "recovery");
  }

  /** Returns the kind of failure in the system's terms. */
  public Errno errno() {
    return new Errno(errno);
  }

  /** Returns what to do now. */
  public Recovery recovery() {
    return recovery;
  }
}
