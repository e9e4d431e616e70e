// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.core.HandlerFailedException.Step;
import dev.luo.linux.Errno;
import dev.luo.spi.Compatible;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;
import dev.luo.spi.Token;

/**
 * A handler that did not come back: not by its deadline, and not within the {@linkplain
 * Options#interruptGrace grace} after its thread had been interrupted. The stack trace of the
 * {@linkplain #getCause() cause} is where that thread was.
 *
 * <p>Thrown by {@link LiveUpdate#update} when everything else is as before the update: the other
 * files are unfrozen and the workload runs. The file itself is <em>quarantined</em>, since nobody
 * can stop native code: its handler is not called for it again, and its descriptors and its
 * handover memory stay as they are until the process ends, even if luo is closed. From then on
 *
 * <ul>
 *   <li>{@link LiveUpdate#update} is refused with this exception while the file is mandatory and
 *       its session is open; an optional file stays behind, and is reported;
 *   <li>{@link OutgoingSession#unpreserve} of it throws this exception;
 *   <li>{@link OutgoingSession#close} frees session and name, and leaves the file, and those that
 *       it refers to, alone.
 * </ul>
 */
public final class HandlerStuckException extends LuoException {

  private static final long serialVersionUID = 1L;

  private final String session;

  /** The values, as the types need not be serializable. */
  private final long token;

  private final String compatible;
  private final Step step;

  /**
   * Creates the failure.
   *
   * @param stack with the stack trace of the thread that is in the handler
   */
  public HandlerStuckException(
      String session, Token token, Compatible compatible, Step step, Throwable stack) {
    super(
        "%s did not come back for token %s of session \"%s\", handler %s [%s]; the file is quarantined: %s"
            .formatted(
                step.operation(),
                token,
                session,
                compatible,
                Errno.ETIMEDOUT.name(),
                stack.getMessage()),
        Errno.ETIMEDOUT,
        Recovery.ABORT_UPDATE,
        stack);
    this.session = session;
    this.token = token.value();
    this.compatible = compatible.value();
    this.step = step;
  }

  /** Returns the name of the file's session. */
  public String session() {
    return session;
  }

  /** Returns the file's token. */
  public Token token() {
    return Token.of(token);
  }

  /** Returns which handler did not come back. */
  public Compatible compatible() {
    return Compatible.of(compatible);
  }

  /** Returns the operation that it is in. */
  public Step step() {
    return step;
  }
}
