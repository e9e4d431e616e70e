// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.session;

import dev.luo.core.Attachment;
import dev.luo.core.IncomingSession;
import dev.luo.core.NoSuchSessionException;
import dev.luo.core.NotFinishableException;
import dev.luo.core.OutgoingSession;
import dev.luo.core.SessionClaimedException;
import dev.luo.core.internal.conduct.Conduct;
import dev.luo.core.internal.file.IncomingFiles;
import dev.luo.core.internal.image.SessionEntry;
import dev.luo.core.internal.observe.Observation;
import dev.luo.core.internal.session.Incoming.Settled;
import dev.luo.spi.Compatible;
import dev.luo.spi.LuoException;
import dev.luo.spi.Token;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The sessions that were handed over and are not finished, by name. Thread-safe. */
final class IncomingSessions {

  private static final Logger LOG = System.getLogger("dev.luo.core");

  private final Map<String, ReceivedSession> byName;
  private final Set<ReceivedSession> claimed = new HashSet<>();
  private final OutgoingSessions outgoing;
  private final Conduct conduct;
  private final Observation observation;
  private final Runnable whenAllAreFinished;
  private volatile Settled settlement = () -> {};

  /** How many there are still to be finished. */
  private int unfinished;

  /**
   * Takes over what the image lists.
   *
   * @param outgoing where renewed sessions go
   * @param observation is told what becomes of sessions
   * @param whenAllAreFinished run once, when nothing of the predecessor is needed any more
   */
  IncomingSessions(
      List<SessionEntry> entries,
      IncomingFiles files,
      OutgoingSessions outgoing,
      Conduct conduct,
      Observation observation,
      Runnable whenAllAreFinished) {
    this.observation = observation;
    this.outgoing = outgoing;
    this.conduct = conduct;
    this.whenAllAreFinished = whenAllAreFinished;
    this.byName = LinkedHashMap.newLinkedHashMap(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      ReceivedSession session = new ReceivedSession(i, entries.get(i), files, conduct);
      byName.put(session.name(), session);
    }
    this.unfinished = entries.size();
  }

  /** Lets every finish wait first. */
  void holdFinishUntil(Settled first) {
    settlement = first;
  }

  /** Claims a session. */
  synchronized IncomingSession claim(String name)
      throws NoSuchSessionException, SessionClaimedException {
    ReceivedSession session = byName.get(name);
    if (session == null) {
      throw new NoSuchSessionException(name);
    }
    if (!claimed.add(session)) {
      throw new SessionClaimedException(name);
    }
    observation.session(name, "claimed");
    return new ClaimedSession(session, this, conduct);
  }

  /** Lists what is not finished, in the order of creation. */
  synchronized List<String> names() {
    return byName.values().stream()
        .filter(session -> !session.isFinished())
        .map(ReceivedSession::name)
        .toList();
  }

  /** Counts the files of unfinished sessions whose records are of these formats. */
  synchronized long unfinished(Set<Compatible> formats) {
    return byName.values().stream().mapToLong(session -> session.unfinished(formats)).sum();
  }

  /** Answers whether every session is finished. */
  synchronized boolean areFinished() {
    return unfinished == 0;
  }

  /** Finishes a session, unless something would be lost. */
  void finish(ClaimedSession claim) throws LuoException {
    settlement.await();
    if (claim.whileOpen(ReceivedSession::finish)) {
      finished(claim.session(), "finished");
    }
  }

  /** Finishes a session and loses what was not retrieved. */
  void discard(ClaimedSession claim) throws LuoException {
    settlement.await();
    if (claim.whileOpen(ReceivedSession::discard)) {
      finished(claim.session(), "discarded");
    }
  }

  /** Finishes a session and preserves its files for the next update. */
  OutgoingSession renew(ClaimedSession claim, Map<Token, Attachment> attachments)
      throws LuoException {
    settlement.await();
    OutgoingSession renewed = outgoing.renew(claim, attachments);
    finished(claim.session(), "renewed");
    return renewed;
  }

  private void finished(ReceivedSession session, String how) {
    observation.session(session.name(), how);
    boolean last;
    synchronized (this) {
      unfinished--;
      last = unfinished == 0;
    }
    if (last) {
      whenAllAreFinished.run();
    }
  }

  /**
   * Takes a claim back, and finishes the session unless that would lose something (LUO-SES-35).
   *
   * @throws LuoException if it should be finished and cannot be
   */
  void close(ReceivedSession session) throws LuoException {
    boolean orphan = false;
    try {
      if (!session.isFinished() && (!conduct.closeLosesNothing() || session.isComplete())) {
        finishUnclaimed(session);
      }
    } catch (NotFinishableException refused) {
      orphan = !conduct.refusedCloseUnclaims();
      if (conduct.closeReportsRefusal()) {
        throw refused;
      }
      LOG.log(Level.WARNING, "a session was closed and is not finished", refused);
    } finally {
      if (!orphan) {
        release(session);
      }
    }
  }

  private void finishUnclaimed(ReceivedSession session) throws LuoException {
    settlement.await();
    if (session.finish()) {
      finished(session, "finished");
    }
  }

  /**
   * A session that is not finished can be claimed again; one that is is gone only now (LUO-SES-25,
   * LUO-SES-26).
   */
  private synchronized void release(ReceivedSession session) {
    claimed.remove(session);
    if (session.isFinished()) {
      byName.remove(session.name(), session);
    }
  }

  /** Closes what was retrieved and not finished, without a word to any handler. */
  synchronized void abandon() {
    byName.values().forEach(ReceivedSession::abandon);
  }
}
