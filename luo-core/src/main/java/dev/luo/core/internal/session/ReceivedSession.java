// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.session;

import dev.luo.core.Attachment;
import dev.luo.core.Importance;
import dev.luo.core.NotFinishableException;
import dev.luo.core.NotFinishableException.Reason;
import dev.luo.core.OutgoingSession;
import dev.luo.core.RetrievedFile;
import dev.luo.core.internal.conduct.Conduct;
import dev.luo.core.internal.file.IncomingFile;
import dev.luo.core.internal.file.IncomingFiles;
import dev.luo.core.internal.file.Peers;
import dev.luo.core.internal.file.PreserveRequest;
import dev.luo.core.internal.image.FileEntry;
import dev.luo.core.internal.image.Owner;
import dev.luo.core.internal.image.SessionEntry;
import dev.luo.spi.Compatible;
import dev.luo.spi.LuoException;
import dev.luo.spi.NoSuchTokenException;
import dev.luo.spi.ReferenceCycleException;
import dev.luo.spi.Retrieval;
import dev.luo.spi.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A session that was handed over: its files in the order in which they were preserved. Thread-safe.
 */
final class ReceivedSession implements Peers {

  private final String name;
  private final IncomingFiles mover;
  private final Conduct conduct;

  /** In the order of preserve. */
  private final List<IncomingFile> files;

  /** Of files with one token, which only {@link Conduct#STRICT} lets in, the first. */
  private final Map<Token, IncomingFile> byToken;

  /** Files whose retrieve is under way, each waiting for the next. */
  private Set<Token> underWay = Set.of();

  /** Read without the lock, which is held during callbacks. */
  private volatile boolean finished;

  ReceivedSession(int index, SessionEntry entry, IncomingFiles mover, Conduct conduct) {
    this.name = entry.name();
    this.mover = mover;
    this.conduct = conduct;
    int size = entry.files().size();
    this.files = new ArrayList<>(size);
    this.byToken = size == 0 ? Map.of() : HashMap.newHashMap(size);
    for (FileEntry each : entry.files()) {
      IncomingFile file = new IncomingFile(name, each, new Owner.OfFile(index, files.size()));
      files.add(file);
      byToken.putIfAbsent(file.token(), file);
    }
  }

  @Override
  public String name() {
    return name;
  }

  boolean isFinished() {
    return finished;
  }

  /** Counts the files whose records are of these formats; none once the session is finished. */
  long unfinished(Set<Compatible> formats) {
    // The files are those of the image, from the beginning to the end.
    return finished
        ? 0
        : files.stream().filter(file -> formats.contains(file.name().compatible())).count();
  }

  synchronized SortedSet<Token> tokens() {
    return finished ? new TreeSet<>() : new TreeSet<>(byToken.keySet());
  }

  synchronized Importance importance(Token token) throws NoSuchTokenException {
    return require(token).importance();
  }

  @Override
  public Optional<IncomingFile> file(Token token) {
    return Optional.ofNullable(byToken.get(token));
  }

  synchronized RetrievedFile retrieve(Token token, Attachment attachment) throws LuoException {
    IncomingFile file = require(token);
    retrieve(file, attachment);
    return mover.handOut(file);
  }

  synchronized RetrievedFile retryRetrieve(Token token, Attachment attachment) throws LuoException {
    mover.forgetFailure(require(token));
    return retrieve(token, attachment);
  }

  private IncomingFile require(Token token) throws NoSuchTokenException {
    IncomingFile file = finished ? null : byToken.get(token);
    if (file == null) {
      throw new NoSuchTokenException(
          "session \""
              + name
              + (finished ? "\" is finished" : "\" was handed over without token " + token),
          token);
    }
    return file;
  }

  /** Called from another file's call, by the thread that holds the session. */
  @Override
  public void retrieve(IncomingFile file) throws LuoException {
    retrieve(file, Attachment.NONE);
  }

  private void retrieve(IncomingFile file, Attachment attachment) throws LuoException {
    if (file.retrieval() instanceof Retrieval.Failed(LuoException failure)) {
      throw failure;
    }
    if (file.isRetrieved()) {
      return;
    }
    if (underWay.isEmpty()) {
      underWay = new LinkedHashSet<>();
    }
    if (!underWay.add(file.token())) {
      throw new ReferenceCycleException(name, cycle(file.token()));
    }
    try {
      mover.retrieve(file, this, attachment);
    } finally {
      underWay.remove(file.token());
    }
  }

  private List<Token> cycle(Token entered) {
    List<Token> waiting = new ArrayList<>(underWay);
    return waiting.subList(waiting.indexOf(entered), waiting.size());
  }

  /** Has every file verified that was not; after finish there are no records any more. */
  synchronized void verify() throws LuoException {
    if (finished) {
      return;
    }
    for (IncomingFile file : files) {
      mover.verify(file, this);
    }
  }

  /** Answers whether a finish would lose nothing that was not given up. */
  synchronized boolean isComplete() {
    return firstMissing().isEmpty();
  }

  /** Finds a file that nobody has retrieved, and that the session cannot do without. */
  private Optional<IncomingFile> firstMissing() {
    return files.stream()
        .filter(file -> !file.isRetrieved() && !mover.mayBeDropped(file))
        .findFirst();
  }

  /**
   * Finishes unless something would be lost; asks every file before any is finished (LUO-FIL-34).
   *
   * @return whether it was not finished before
   */
  synchronized boolean finish() throws LuoException {
    if (finished) {
      return false;
    }
    if (conduct.finishLosesNothing()) {
      requireComplete();
    }
    if (conduct.finishVerifies()) {
      verify();
    }
    requireAgreement();
    finishFiles();
    return true;
  }

  /**
   * Finishes and loses what was not retrieved.
   *
   * @return whether it was not finished before
   */
  synchronized boolean discard() throws NotFinishableException {
    if (finished) {
      return false;
    }
    requireAgreement();
    finishFiles();
    return true;
  }

  /**
   * Preserves every file once more, under its token, and finishes; if any cannot be, nothing has
   * changed. Called with the gate passed.
   *
   * @param attachments for the handlers, by token
   */
  synchronized OutgoingSession renew(OutgoingSessions outgoing, Map<Token, Attachment> attachments)
      throws LuoException {
    if (finished) {
      throw new IllegalStateException("session \"" + name + "\" is finished");
    }
    for (Token token : attachments.keySet()) {
      require(token);
    }
    requireComplete();
    verify();
    requireAgreement();
    List<PreserveRequest> renewals =
        files.stream()
            .filter(IncomingFile::isRetrieved)
            .map(file -> file.renewal(attachments.getOrDefault(file.token(), Attachment.NONE)))
            .toList();
    OutgoingSession renewed = outgoing.createWith(name, renewals);
    finishFiles();
    return renewed;
  }

  private void requireComplete() throws NotFinishableException {
    Optional<IncomingFile> missing = firstMissing();
    if (missing.isPresent()) {
      throw new NotFinishableException(name, missing.get().token(), Reason.NOT_RETRIEVED);
    }
  }

  private void requireAgreement() throws NotFinishableException {
    for (IncomingFile file : files) {
      if (!mover.canFinish(file, this)) {
        throw new NotFinishableException(name, file.token(), Reason.STILL_NEEDED);
      }
    }
  }

  /** All records are there until the last handler has been asked: one may look at another's. */
  private void finishFiles() {
    List<IncomingFile> newestFirst = files.reversed();
    newestFirst.forEach(file -> mover.finish(file, this));
    newestFirst.forEach(mover::release);
    finished = true;
  }

  /** Closes what was retrieved, without a word to any handler. */
  synchronized void abandon() {
    if (!finished) {
      files.reversed().forEach(mover::release);
      finished = true;
    }
  }
}
