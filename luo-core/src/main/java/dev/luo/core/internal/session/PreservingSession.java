// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.session;

import dev.luo.core.Attachment;
import dev.luo.core.FileReferredToException;
import dev.luo.core.HandlerFailedException;
import dev.luo.core.Importance;
import dev.luo.core.OutgoingSession;
import dev.luo.core.SessionFullException;
import dev.luo.core.TokenInUseException;
import dev.luo.core.UnknownRequestException;
import dev.luo.core.internal.conduct.Conduct;
import dev.luo.core.internal.file.OutgoingFile;
import dev.luo.core.internal.file.OutgoingFiles;
import dev.luo.core.internal.file.PreserveRequest;
import dev.luo.core.internal.file.Siblings;
import dev.luo.linux.Fd;
import dev.luo.spi.Crossing;
import dev.luo.spi.Deadline;
import dev.luo.spi.LuoException;
import dev.luo.spi.NoSuchTokenException;
import dev.luo.spi.ThawCause;
import dev.luo.spi.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** An outgoing session: its files in the order in which they were preserved. Thread-safe. */
final class PreservingSession implements OutgoingSession, Siblings {

  /** How many files fit the chain of blocks that the image has for a session (LUO-FIL-19). */
  private static final int MAX_FILES = 630_000;

  private final String name;
  private final Gate gate;
  private final OutgoingFiles mover;
  private final OutgoingSessions table;
  private final Conduct conduct;
  private final LinkedHashMap<Token, OutgoingFile<?>> files = new LinkedHashMap<>();
  private boolean closed;

  PreservingSession(
      String name, Gate gate, OutgoingFiles mover, OutgoingSessions table, Conduct conduct) {
    this.name = name;
    this.conduct = conduct;
    this.gate = gate;
    this.mover = mover;
    this.table = table;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void preserve(Token token, Fd file, Importance importance, Attachment attachment)
      throws LuoException {
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(importance, "importance");
    Objects.requireNonNull(attachment, "attachment");
    gate.pass(() -> {
      preserveNow(new PreserveRequest(token, file, importance, attachment, null));
      return true;
    });
  }

  /** Called with the gate passed. */
  synchronized void preserveNow(PreserveRequest request) throws LuoException {
    checkOpen();
    Token token = request.token();
    if (files.containsKey(token)) {
      throw new TokenInUseException(name, token);
    }
    if (files.size() == MAX_FILES) {
      throw new SessionFullException(name, MAX_FILES);
    }
    files.put(token, mover.preserve(this, request));
  }

  @Override
  public void unpreserve(Token token) throws LuoException {
    Objects.requireNonNull(token, "token");
    if (!conduct.offersMore()) {
      throw new UnknownRequestException(name, "unpreserve");
    }
    gate.pass(() -> {
      unpreserveNow(token);
      return true;
    });
  }

  private synchronized void unpreserveNow(Token token) throws LuoException {
    checkOpen();
    OutgoingFile<?> file = files.get(token);
    if (file == null) {
      throw new NoSuchTokenException(
          "session \"" + name + "\" has no file of token " + token, token);
    }
    Optional<Token> dependent = file.referredToBy();
    if (dependent.isPresent()) {
      throw new FileReferredToException(name, token, dependent.get());
    }
    files.remove(token);
    mover.unpreserve(file, this);
  }

  @Override
  public synchronized SortedSet<Token> tokens() {
    return new TreeSet<>(files.keySet());
  }

  @Override
  public void close() {
    gate.passQuietly(this::closeNow);
  }

  /** Called with the gate passed. */
  void closeNow() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      while (!files.isEmpty()) {
        Map.Entry<Token, OutgoingFile<?>> newest = files.pollLastEntry();
        mover.unpreserve(newest.getValue(), this);
      }
    }
    table.remove(this);
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("session \"" + name + "\" is closed");
    }
  }

  /** Called from a file's call, by the thread that holds the session. */
  @Override
  public Optional<OutgoingFile<?>> file(Token token) {
    return Optional.ofNullable(files.get(token));
  }

  /** Returns the files, oldest first. */
  synchronized List<OutgoingFile<?>> files() {
    return new ArrayList<>(files.values());
  }

  /**
   * Freezes every file, oldest first; on failure those frozen are unfrozen, oldest first
   * (LUO-SER-08).
   */
  synchronized void freeze(Crossing crossing, Deadline deadline) throws HandlerFailedException {
    List<OutgoingFile<?>> frozen = new ArrayList<>(files.size());
    boolean complete = false;
    try {
      for (OutgoingFile<?> file : files.values()) {
        mover.freeze(file, this, crossing, deadline);
        frozen.add(file);
      }
      complete = true;
    } finally {
      if (!complete) {
        frozen.forEach(file -> mover.unfreeze(file, this, ThawCause.REFUSED));
      }
    }
  }

  /** Unfreezes every file, oldest first (LUO-SER-09). */
  synchronized void unfreeze(ThawCause cause) {
    files.values().forEach(file -> mover.unfreeze(file, this, cause));
  }
}
