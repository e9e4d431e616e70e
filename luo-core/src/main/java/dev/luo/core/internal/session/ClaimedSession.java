// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.session;

import dev.luo.core.Attachment;
import dev.luo.core.IncomingSession;
import dev.luo.core.RetrievedFile;
import dev.luo.spi.LuoException;
import dev.luo.spi.Token;
import java.util.Objects;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicBoolean;

/** An embedder's claim on a session that was handed over. Thread-safe. */
final class ClaimedSession implements IncomingSession {

  private final ReceivedSession session;
  private final IncomingSessions table;
  private final AtomicBoolean closed = new AtomicBoolean();

  ClaimedSession(ReceivedSession session, IncomingSessions table) {
    this.session = session;
    this.table = table;
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
  public RetrievedFile retrieve(Token token, Attachment attachment) throws LuoException {
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(attachment, "attachment");
    return PlatformThread.call(() -> open().retrieve(token, attachment));
  }

  @Override
  public RetrievedFile retryRetrieve(Token token, Attachment attachment) throws LuoException {
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(attachment, "attachment");
    return PlatformThread.call(() -> open().retryRetrieve(token, attachment));
  }

  @Override
  public void verify() throws LuoException {
    open().verify();
  }

  @Override
  public void finish() throws LuoException {
    open();
    table.awaitSettlement();
    session.finish();
    table.settle();
  }

  @Override
  public void discard() throws LuoException {
    open();
    table.awaitSettlement();
    session.discard();
    table.settle();
  }

  @Override
  public void close() throws LuoException {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      if (session.isRetrieved()) {
        table.awaitSettlement();
        session.finish();
      }
    } finally {
      table.settle();
      table.release(session);
    }
  }

  private ReceivedSession open() {
    if (closed.get()) {
      throw new IllegalStateException("session \"" + session.name() + "\" is closed");
    }
    return session;
  }
}
