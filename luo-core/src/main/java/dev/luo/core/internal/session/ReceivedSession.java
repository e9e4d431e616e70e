// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.session;

import dev.luo.core.Attachment;
import dev.luo.core.NotFinishableException;
import dev.luo.core.RetrievedFile;
import dev.luo.core.internal.file.IncomingFile;
import dev.luo.core.internal.file.IncomingFiles;
import dev.luo.core.internal.file.Peers;
import dev.luo.core.internal.image.FileEntry;
import dev.luo.core.internal.image.Owner;
import dev.luo.core.internal.image.SessionEntry;
import dev.luo.spi.LuoException;
import dev.luo.spi.NoSuchTokenException;
import dev.luo.spi.ReferenceCycleException;
import dev.luo.spi.Retrieval;
import dev.luo.spi.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A session that was handed over: its files in the order in which they were preserved. Thread-safe.
 */
final class ReceivedSession implements Peers {

  private final String name;
  private final IncomingFiles mover;
  private final LinkedHashMap<Token, IncomingFile> files = new LinkedHashMap<>();

  /** Files whose retrieve is under way, each waiting for the next. */
  private final LinkedHashSet<Token> underWay = new LinkedHashSet<>();

  /** Read without the lock, which is held during callbacks. */
  private volatile boolean finished;

  ReceivedSession(int index, SessionEntry entry, IncomingFiles mover) {
    this.name = entry.name();
    this.mover = mover;
    for (int i = 0; i < entry.files().size(); i++) {
      FileEntry file = entry.files().get(i);
      files.put(file.token(), new IncomingFile(name, file, new Owner.OfFile(index, i)));
    }
  }

  @Override
  public String name() {
    return name;
  }

  boolean isFinished() {
    return finished;
  }

  synchronized boolean isRetrieved() {
    return files.values().stream().allMatch(IncomingFile::isRetrieved);
  }

  synchronized SortedSet<Token> tokens() {
    return finished ? new TreeSet<>() : new TreeSet<>(files.keySet());
  }

  @Override
  public Optional<IncomingFile> file(Token token) {
    return Optional.ofNullable(files.get(token));
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
    IncomingFile file = finished ? null : files.get(token);
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

  synchronized void verify() throws LuoException {
    for (IncomingFile file : files.values()) {
      mover.verify(file, this);
    }
  }

  /**
   * Finishes unless something would be lost; asks every file before any is finished (LUO-FIL-34).
   */
  synchronized void finish() throws LuoException {
    if (finished) {
      return;
    }
    for (IncomingFile file : files.values()) {
      if (!file.isRetrieved()) {
        throw new NotFinishableException(
            name, file.token(), "was not retrieved and would be lost; retrieve or discard it");
      }
    }
    verify();
    finishAgreed();
  }

  /** Finishes and loses what was not retrieved. */
  synchronized void discard() throws LuoException {
    if (!finished) {
      finishAgreed();
    }
  }

  private void finishAgreed() throws NotFinishableException {
    for (IncomingFile file : files.values()) {
      if (!mover.canFinish(file, this)) {
        throw new NotFinishableException(name, file.token(), "is still needed by its handler");
      }
    }
    // All records are there until the last handler has been asked: one may look at another's.
    for (IncomingFile newest : files.reversed().values()) {
      mover.finish(newest, this);
    }
    files.reversed().values().forEach(mover::release);
    finished = true;
  }

  /** Closes what was retrieved, without a word to any handler. */
  synchronized void abandon() {
    if (!finished) {
      files.values().forEach(mover::release);
      finished = true;
    }
  }
}
