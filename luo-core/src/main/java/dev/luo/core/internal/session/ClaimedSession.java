// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.session;

import dev.luo.core.Attachment;
import dev.luo.core.Importance;
import dev.luo.core.IncomingSession;
import dev.luo.core.OutgoingSession;
import dev.luo.core.RetrievedFile;
import dev.luo.core.UnknownRequestException;
import dev.luo.core.internal.callback.PlatformThread;
import dev.luo.core.internal.conduct.Conduct;
import dev.luo.spi.LuoException;
import dev.luo.spi.Token;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicBoolean;

/** An embedder's claim on a session that was handed over. Thread-safe. */
final class ClaimedSession implements IncomingSession {

  private final ReceivedSession session;
  private final IncomingSessions table;
  private final Conduct conduct;
  private final AtomicBoolean closed = new AtomicBoolean();

  ClaimedSession(ReceivedSession session, IncomingSessions table, Conduct conduct) {
    this.session = session;
    this.table = table;
    this.conduct = conduct;
  }

  @Override
  public String name() {
    return session.name();
  }

  @Override
  public SortedSet<Token> tokens() {
    return open().tokens();
  }

  @Override
  public Importance importance(Token token) throws LuoException {
    Objects.requireNonNull(token, "token");
    return open().importance(token);
  }

  @Override
  public RetrievedFile retrieve(Token token, Attachment attachment) throws LuoException {
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(attachment, "attachment");
    return PlatformThread.call(() -> whileOpen(its -> its.retrieve(token, attachment)));
  }

  @Override
  public RetrievedFile retryRetrieve(Token token, Attachment attachment) throws LuoException {
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(attachment, "attachment");
    requireMore("retryRetrieve");
    return PlatformThread.call(() -> whileOpen(its -> its.retryRetrieve(token, attachment)));
  }

  @Override
  public void verify() throws LuoException {
    requireMore("verify");
    boolean _ =
        whileOpen(its -> {
          its.verify();
          return true;
        });
  }

  @Override
  public void finish() throws LuoException {
    ReceivedSession _ = open();
    table.finish(this);
  }

  @Override
  public void discard() throws LuoException {
    ReceivedSession _ = open();
    table.discard(this);
  }

  @Override
  public OutgoingSession renew(Map<Token, Attachment> attachments) throws LuoException {
    Map<Token, Attachment> given = Map.copyOf(attachments);
    requireMore("renew");
    ReceivedSession _ = open();
    return table.renew(this, given);
  }

  @Override
  public void close() throws LuoException {
    boolean first;
    synchronized (session) {
      // What is being retrieved counts, and nothing is retrieved any more.
      first = closed.compareAndSet(false, true);
    }
    if (first) {
      table.close(session);
    }
  }

  ReceivedSession session() {
    return session;
  }

  /** Something to be done with a session. */
  @FunctionalInterface
  interface Work<T> {
    T on(ReceivedSession session) throws LuoException;
  }

  /**
   * Does something with the session. Whoever closes the claim meanwhile waits, so that the claim is
   * not given back in the middle.
   */
  <T> T whileOpen(Work<T> work) throws LuoException {
    synchronized (session) {
      return work.on(open());
    }
  }

  private ReceivedSession open() {
    if (closed.get()) {
      throw new IllegalStateException("session \"" + session.name() + "\" is closed");
    }
    return session;
  }

  private void requireMore(String request) throws UnknownRequestException {
    if (!conduct.offersMore()) {
      throw new UnknownRequestException(session.name(), request);
    }
  }
}
