// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.session;

import dev.luo.core.Attachment;
import dev.luo.core.FileReferredToException;
import dev.luo.core.Importance;
import dev.luo.core.OutgoingSession;
import dev.luo.core.SessionFullException;
import dev.luo.core.TokenInUseException;
import dev.luo.core.UnknownRequestException;
import dev.luo.core.internal.conduct.Conduct;
import dev.luo.core.internal.file.OutgoingFile;
import dev.luo.core.internal.file.OutgoingFiles;
import dev.luo.core.internal.file.PreserveRequest;
import dev.luo.core.internal.file.References;
import dev.luo.core.internal.file.Siblings;
import dev.luo.linux.Fd;
import dev.luo.spi.LuoException;
import dev.luo.spi.NoSuchTokenException;
import dev.luo.spi.Token;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** An outgoing session: its files in the order in which they were preserved. Thread-safe. */
final class PreservingSession implements OutgoingSession, Siblings {

  private final String name;
  private final Gate gate;
  private final OutgoingFiles mover;
  private final OutgoingSessions table;
  private final Conduct conduct;

  /**
   * Changed by who holds the session. Also guarded by itself, so that an update can look at it
   * while a call into a handler does not come back.
   */
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
    if (files.size() == table.maxFiles()) {
      throw new SessionFullException(name, table.maxFiles());
    }
    OutgoingFile<?> preserved = mover.preserve(this, request);
    synchronized (files) {
      files.put(token, preserved);
    }
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
    if (file.isQuarantined()) {
      throw file.stuck();
    }
    synchronized (files) {
      files.remove(token);
    }
    mover.unpreserve(file, this);
  }

  @Override
  public SortedSet<Token> tokens() {
    synchronized (files) {
      return new TreeSet<>(files.keySet());
    }
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
      Set<OutgoingFile<?>> untouchable = untouchable();
      for (OutgoingFile<?> newest : files().reversed()) {
        synchronized (files) {
          files.remove(newest.token());
        }
        if (!untouchable.contains(newest)) {
          mover.unpreserve(newest, this);
        } else if (!newest.isQuarantined()) {
          mover.drop(newest);
        }
      }
    }
    table.remove(this);
  }

  /** Returns what is quarantined, and what a call that did not come back may be using with it. */
  private Set<OutgoingFile<?>> untouchable() {
    Set<OutgoingFile<?>> untouchable = Collections.newSetFromMap(new IdentityHashMap<>());
    for (OutgoingFile<?> file : files.values()) {
      if (file.isQuarantined()) {
        untouchable.addAll(References.withWhatItNeeds(file, this));
      }
    }
    return untouchable;
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
  List<OutgoingFile<?>> files() {
    synchronized (files) {
      return new ArrayList<>(files.values());
    }
  }
}
