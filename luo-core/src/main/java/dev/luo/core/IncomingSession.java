// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Fd;
import dev.luo.spi.LuoException;
import dev.luo.spi.Token;
import java.util.Map;
import java.util.SortedSet;

/** A named group of files that was handed over, claimed by this object. Thread-safe. */
public interface IncomingSession extends AutoCloseable {

  /** Returns the name that the predecessor gave it. */
  String name();

  /** Lists the tokens that can be retrieved, in unsigned order; empty once finished. */
  SortedSet<Token> tokens();

  /**
   * Returns how important the predecessor said that a file is. An optional one does not keep the
   * session from being finished if its retrieve failed or there is no handler for it.
   *
   * @throws dev.luo.spi.NoSuchTokenException if the session has no such file, or is finished
   */
  Importance importance(Token token) throws LuoException;

  /**
   * Rebuilds a file. From the second call on the handler is not asked again: the same file is
   * returned, or the same failure (LUO-FIL-29, LUO-FIL-31). Only where the process had no
   * descriptor left, EMFILE, the file is as if nobody had asked for it (LUO-FIL-44).
   *
   * @return the file with a descriptor that belongs to the caller, closed by the caller
   * @throws dev.luo.spi.NoSuchTokenException if the session has no such file, or is finished
   * @throws NoHandlerException if no handler accepts the record; {@linkplain LiveUpdate#register
   *     supply it} and ask again
   * @throws HandlerFailedException if the handler failed; nothing is lost. Files that refer to each
   *     other in a circle are ELOOP, with a {@link dev.luo.spi.ReferenceCycleException} at the root
   *     of the causes: each handler on the way passes on that the other failed
   * @throws IllegalStateException if this object is closed
   */
  default RetrievedFile retrieve(Token token) throws LuoException {
    return retrieve(token, Attachment.NONE);
  }

  /**
   * Rebuilds a file as {@link #retrieve(Token)} does, and tells the handler something for it: a
   * policy, or where things have to go. From the second call on the attachment is not looked at.
   *
   * @param attachment asked for by the handler with its type; see {@link
   *     dev.luo.spi.IncomingContext#attachment}
   */
  RetrievedFile retrieve(Token token, Attachment attachment) throws LuoException;

  /**
   * Runs a failed retrieve again, after its cause was removed. A file that was retrieved is
   * returned as {@link #retrieve} does.
   *
   * @throws UnknownRequestException if luo is {@linkplain Options#strict strict}
   * @throws LuoException as from {@link #retrieve}
   * @throws IllegalStateException if this object is closed
   */
  default RetrievedFile retryRetrieve(Token token) throws LuoException {
    return retryRetrieve(token, Attachment.NONE);
  }

  /** As {@link #retryRetrieve(Token)}, with something for the handler. */
  RetrievedFile retryRetrieve(Token token, Attachment attachment) throws LuoException;

  /**
   * Lets every handler compare what it retrieved with its record, outside the blackout; {@link
   * #finish} does it for what was not verified yet.
   *
   * @throws HandlerFailedException of the first file that is not what was preserved
   * @throws IllegalStateException if this object is closed
   */
  void verify() throws LuoException;

  /**
   * Gives up what the predecessor left, once every file of the session was retrieved. Files
   * retrieved earlier stay valid (LUO-FIL-40). A second call does nothing (LUO-SES-31).
   *
   * <p>If a guardian watches over this process, it is waited for until it has stood down: it must
   * not start a program that would look for what is given up here.
   *
   * @throws IllegalStateException if there is a guardian and {@link LiveUpdate#resumed} was not
   *     called; if this object is closed
   * @throws HandlerFailedException if a file is not what was preserved, as from {@link #verify}
   * @throws NotFinishableException if a file was never retrieved, so that it would be lost, or if a
   *     handler does not agree; nothing has changed (LUO-SES-33)
   */
  void finish() throws LuoException;

  /**
   * Finishes the session as {@link #finish} does, and says of files that were not retrieved, or
   * could not be, that they are to be lost (LUO-FIL-39).
   *
   * @throws NotFinishableException if a handler does not agree
   * @throws UnknownRequestException if luo is {@linkplain Options#strict strict}, where {@link
   *     #finish} discards
   * @throws IllegalStateException as from {@link #finish}
   */
  void discard() throws LuoException;

  /**
   * Preserves every file of the session once more, for the next update, and finishes it: in an
   * outgoing session of the same name, under the same tokens and with the same importance, in the
   * order in which they were preserved before. At no moment is a file in neither of the two, and
   * nobody else can preserve it in between (LUO-FIL-14).
   *
   * <p>All of it succeeds, or nothing has changed: what was preserved again until then is given up,
   * and this session stays as it was. Optional files that could not be retrieved are left out.
   *
   * <p>As {@link #finish}, it needs every file to be retrieved, every handler to agree, and {@link
   * LiveUpdate#resumed} to be called if there is a guardian.
   *
   * @return the outgoing session, in which further files can be preserved
   * @throws NotFinishableException if a file was never retrieved, or a handler does not agree to
   *     finish
   * @throws SessionExistsException if there is an outgoing session of that name
   * @throws TooManySessionsException if there is no room for another
   * @throws UnknownRequestException if luo is {@linkplain Options#strict strict}
   * @throws LuoException if a file is not what was preserved, or cannot be preserved again; as from
   *     {@link OutgoingSession#preserve}
   * @throws IllegalStateException if the session is finished, or luo is closed
   */
  default OutgoingSession renew() throws LuoException {
    return renew(Map.of());
  }

  /**
   * Preserves every file once more as {@link #renew()} does, together with what only the embedder
   * knows of some of them.
   *
   * @param attachments by token; see {@link OutgoingSession#preserve(Token, Fd, Attachment)}
   * @throws dev.luo.spi.NoSuchTokenException if the session has no file of one of the tokens
   */
  OutgoingSession renew(Map<Token, Attachment> attachments) throws LuoException;

  /**
   * Gives the claim back, and loses nothing: a session of which some file was not retrieved can be
   * claimed again (LUO-SES-35). If every file was retrieved, the session is finished. Idempotent.
   *
   * @throws LuoException if it should be finished and cannot be (LUO-SES-37), as from {@link
   *     #finish}; it can be claimed again (LUO-SES-28)
   */
  @Override
  void close() throws LuoException;
}
