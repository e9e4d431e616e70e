// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

import dev.luo.linux.Errno;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A token that its session does not have, or a file that is not preserved in the session. */
public final class NoSuchTokenException extends LuoException {

  private static final long serialVersionUID = 1L;

  /** The token's value, as that need not be serializable. */
  private final @Nullable Long token;

  /**
   * Creates the refusal.
   *
   * @param token the token asked for, or null where a file was asked for
   */
  public NoSuchTokenException(String message, @Nullable Token token) {
    super(message, Errno.ENOENT, Recovery.FIX_ARGUMENTS);
    this.token = token == null ? null : token.value();
  }

  /** Returns the token asked for; empty where a file was asked for. */
  public Optional<Token> token() {
    return Optional.ofNullable(token).map(Token::of);
  }
}
