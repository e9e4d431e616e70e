// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.session;

import dev.luo.core.Attachment;
import dev.luo.core.ImageAbi;
import dev.luo.core.Options;
import dev.luo.core.OutgoingSession;
import dev.luo.core.SessionExistsException;
import dev.luo.core.TooManySessionsException;
import dev.luo.core.internal.conduct.Conduct;
import dev.luo.core.internal.file.OutgoingFiles;
import dev.luo.core.internal.file.PreserveRequest;
import dev.luo.core.internal.observe.Observation;
import dev.luo.spi.LuoException;
import dev.luo.spi.Token;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The outgoing sessions by name, in the order of their creation. Thread-safe. */
@Singleton
public final class OutgoingSessions {

  private final Gate gate;
  private final OutgoingFiles files;
  private final Conduct conduct;
  private final ImageAbi abi;
  private final Observation observation;
  private final Map<String, PreservingSession> byName = new LinkedHashMap<>();
  private boolean closed;

  @Inject
  OutgoingSessions(Gate gate, OutgoingFiles files, Options options, Observation observation) {
    this.gate = gate;
    this.observation = observation;
    this.conduct = Conduct.of(options);
    this.files = files;
    this.abi = options.imageAbi();
  }

  /** Creates an empty session. */
  public OutgoingSession create(String name) throws LuoException {
    String checked = SessionName.checked(name);
    return gate.pass(() -> createNow(checked));
  }

  /**
   * Preserves a session that came once more, under its name, and finishes it. No update freezes
   * meanwhile.
   */
  OutgoingSession renew(ClaimedSession claim, Map<Token, Attachment> attachments)
      throws LuoException {
    return gate.pass(() -> claim.whileOpen(session -> session.renew(this, attachments)));
  }

  /** Creates a session with files in it, all of them or none. Called with the gate passed. */
  PreservingSession createWith(String name, List<PreserveRequest> requests) throws LuoException {
    PreservingSession session = createNow(name);
    boolean complete = false;
    try {
      for (PreserveRequest request : requests) {
        session.preserveNow(request);
      }
      complete = true;
      return session;
    } finally {
      if (!complete) {
        session.closeNow();
      }
    }
  }

  private synchronized PreservingSession createNow(String name) throws LuoException {
    if (closed) {
      throw new IllegalStateException("luo is closed");
    }
    if (byName.size() == abi.maxSessions()) {
      throw new TooManySessionsException(abi);
    }
    if (byName.containsKey(name)) {
      throw new SessionExistsException(name);
    }
    PreservingSession session = new PreservingSession(name, gate, files, this, conduct);
    byName.put(name, session);
    observation.session(name, "created");
    return session;
  }

  /** Returns how many files of one session the image will have room for (LUO-FIL-19). */
  int maxFiles() {
    return abi.maxFiles();
  }

  synchronized void remove(PreservingSession session) {
    if (byName.remove(session.name(), session)) {
      observation.session(session.name(), "closed");
    }
  }

  /** Returns the sessions in the order of their creation. */
  synchronized List<PreservingSession> all() {
    return new ArrayList<>(byName.values());
  }

  /** Closes every session, the newest first; from then on there will be none. */
  public void closeAll() {
    synchronized (this) {
      closed = true;
    }
    all().reversed().forEach(PreservingSession::close);
  }
}
