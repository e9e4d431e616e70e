// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Fd;
import dev.luo.spi.LuoException;
import dev.luo.spi.Token;
import java.util.SortedSet;

/** A named group of files that will be handed over. Thread-safe. */
public interface OutgoingSession extends AutoCloseable {

  /** Returns the name under which the successor retrieves it. */
  String name();

  /**
   * Preserves a file under a token of the caller's choice. The file goes on working, and the caller
   * may close its descriptor: luo holds one of its own (LUO-FIL-17).
   *
   * @throws TokenInUseException if the session has a file of that token (LUO-FIL-02)
   * @throws NoHandlerException if no handler takes the file (LUO-FIL-06)
   * @throws AlreadyPreservedException if the same thing is preserved in any session, or was
   *     retrieved and its session is not finished (LUO-FIL-09 to LUO-FIL-14)
   * @throws SessionFullException if the session has no room for another (LUO-FIL-19)
   * @throws HandlerFailedException if the handler refused; nothing has changed (LUO-FIL-16). What
   *     it was refused itself is the cause, such as a {@link QuotaExceededException}
   * @throws IllegalStateException if the session or luo is closed
   */
  default void preserve(Token token, Fd file) throws LuoException {
    preserve(token, file, Importance.MANDATORY, Attachment.NONE);
  }

  /**
   * Preserves a file together with what only the embedder knows of it.
   *
   * @param attachment asked for by the handler with its type; see {@link
   *     dev.luo.spi.OutgoingContext#attachment}
   */
  default void preserve(Token token, Fd file, Attachment attachment) throws LuoException {
    preserve(token, file, Importance.MANDATORY, attachment);
  }

  /**
   * Preserves a file, and says whether an update may go on without it.
   *
   * @param importance crosses with the file. A mandatory file cannot refer to an optional one: the
   *     handler's attempt fails by {@link DependsOnOptionalException}
   * @param attachment as in {@link #preserve(Token, Fd, Attachment)}
   */
  void preserve(Token token, Fd file, Importance importance, Attachment attachment)
      throws LuoException;

  /**
   * Gives one file up; it is an ordinary one again.
   *
   * @throws dev.luo.spi.NoSuchTokenException if the session has no such file
   * @throws FileReferredToException if another file cannot be rebuilt without it
   * @throws HandlerStuckException if its handler is stuck in a call for it: nobody can release what
   *     that call still uses
   * @throws UnknownRequestException if luo is {@linkplain Options#strict strict}: the kernel does
   *     not know this (LUO-FIL-26)
   * @throws IllegalStateException if the session or luo is closed
   */
  void unpreserve(Token token) throws LuoException;

  /** Lists the tokens in use, in unsigned order. */
  SortedSet<Token> tokens();

  /** Gives every file up, the newest first, and frees the name. Idempotent (LUO-SES-34). */
  @Override
  void close();
}
