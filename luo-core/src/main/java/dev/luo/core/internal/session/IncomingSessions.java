// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.session;

import dev.luo.core.IncomingSession;
import dev.luo.core.NoSuchSessionException;
import dev.luo.core.SessionClaimedException;
import dev.luo.core.internal.file.IncomingFiles;
import dev.luo.core.internal.image.SessionEntry;
import dev.luo.core.internal.session.Incoming.Settled;
import dev.luo.spi.LuoException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The sessions that were handed over and are not finished, by name. Thread-safe. */
public final class IncomingSessions {

  private final Map<String, ReceivedSession> byName = new LinkedHashMap<>();
  private final Set<ReceivedSession> claimed = new HashSet<>();
  private final Runnable whenAllAreFinished;
  private volatile Settled settlement = () -> {};
  private boolean settled;

  /**
   * Takes over what the image lists.
   *
   * @param whenAllAreFinished run once, when nothing of the predecessor is needed any more
   */
  public IncomingSessions(
      List<SessionEntry> entries, IncomingFiles files, Runnable whenAllAreFinished) {
    this.whenAllAreFinished = whenAllAreFinished;
    for (int i = 0; i < entries.size(); i++) {
      ReceivedSession session = new ReceivedSession(i, entries.get(i), files);
      byName.put(session.name(), session);
    }
  }

  /** Lets every finish wait first. */
  void holdFinishUntil(Settled first) {
    settlement = first;
  }

  /** Waits until sessions may be finished. */
  void awaitSettlement() throws LuoException {
    settlement.await();
  }

  /** Claims a session. */
  public synchronized IncomingSession claim(String name)
      throws NoSuchSessionException, SessionClaimedException {
    ReceivedSession session = byName.get(name);
    if (session == null) {
      throw new NoSuchSessionException(name);
    }
    if (!claimed.add(session)) {
      throw new SessionClaimedException(name);
    }
    return new ClaimedSession(session, this);
  }

  /** Lists what is not finished, in the order of creation. */
  public synchronized List<String> names() {
    return byName.values().stream()
        .filter(session -> !session.isFinished())
        .map(ReceivedSession::name)
        .toList();
  }

  /** Takes note that a session was finished. */
  void settle() {
    boolean last;
    synchronized (this) {
      last = !settled && names().isEmpty();
      settled |= last;
    }
    if (last) {
      whenAllAreFinished.run();
    }
  }

  /** Closes what was retrieved and not finished, without a word to any handler. */
  synchronized void abandon() {
    byName.values().forEach(ReceivedSession::abandon);
  }

  /**
   * Takes a claim back. A session that is not finished can be claimed again; one that is is gone
   * only now (LUO-SES-25, LUO-SES-26).
   */
  synchronized void release(ReceivedSession session) {
    claimed.remove(session);
    if (session.isFinished()) {
      byName.remove(session.name(), session);
    }
  }
}
