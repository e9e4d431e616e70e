// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.model;

import dev.luo.core.model.ModelRegistry.Registration;
import dev.luo.spi.IdentityScope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The outgoing side: specification, state machines <em>outgoing session</em>, <em>file</em>. */
final class Predecessor {

  /** No file is referred to. */
  static final long NONE = Long.MIN_VALUE;

  static final class File {
    final String session;
    final long token;
    final Registration handler;
    final FileKind kind;
    final int thing;
    final int opening;
    final boolean optional;
    long handle;
    long reference = NONE;

    /** An optional file that could not be frozen: it does not cross this time. */
    boolean staysBehind;

    boolean frozen;

    File(
        String session,
        long token,
        Registration handler,
        int thing,
        int opening,
        boolean optional) {
      this.session = session;
      this.token = token;
      this.handler = handler;
      this.kind = handler.kind;
      this.thing = thing;
      this.opening = opening;
      this.optional = optional;
    }

    String called(String operation) {
      return Text.call(kind, operation, session, token, handle);
    }
  }

  static final class Session {
    final String name;
    final LinkedHashMap<Long, File> files = new LinkedHashMap<>();
    boolean closed;

    Session(String name) {
      this.name = name;
    }
  }

  private static final class State {
    long handle;
    long count = 1;
  }

  private final Journal journal;
  private final ModelRegistry registry;
  private final Identities identities;
  private final LinkedHashMap<String, Session> sessions = new LinkedHashMap<>();
  private final Map<SharedKind, State> shared = new EnumMap<>(SharedKind.class);

  /** Handover memory is made when it is first needed. */
  boolean memoryMade;

  Predecessor(Journal journal, ModelRegistry registry, Identities identities) {
    this.journal = journal;
    this.registry = registry;
    this.identities = identities;
  }

  /** LUO-SES-01 to 03, 07, in the order of LUO-SES-13. */
  Session create(String name) {
    if (name.isEmpty() || name.length() > 63) {
      throw new Refusal("InvalidSessionNameException", "EINVAL");
    }
    if (sessions.containsKey(name)) {
      throw new Refusal("SessionExistsException", "EEXIST");
    }
    Session session = new Session(name);
    sessions.put(name, session);
    return session;
  }

  /** Order of checks: token, descriptor, handler, identity, shared states, the handler's own. */
  void preserve(
      Session session, long token, int thing, int opening, long reference, boolean optional) {
    preserve(session, token, thing, opening, reference, optional, this);
  }

  private void preserve(
      Session session,
      long token,
      int thing,
      int opening,
      long reference,
      boolean optional,
      Object predecessor) {
    if (session.closed) {
      throw Refusal.mistake();
    }
    if (session.files.containsKey(token)) {
      throw new Refusal("TokenInUseException", "EEXIST");
    }
    if (opening == World.CLOSED) {
      throw Refusal.mistake();
    }
    Registration handler = registry.preserving(thing);
    memoryMade = true;
    // A duplicate is the same open file.
    int openFile = opening == World.OPENED_AGAIN ? opening : World.AS_IT_IS;
    File file = new File(session.name, token, handler, thing, openFile, optional);
    identities.claim(
        file,
        new Identities.Entry(thing, openFile, file.kind.scope == IdentityScope.INODE),
        predecessor);
    try {
      acquire(handler.dependencies());
      try {
        handlerPreserves(file, session, reference);
      } catch (Refusal refusal) {
        release(handler.dependencies()); // LUO-FLB-15
        throw refusal;
      }
    } catch (Refusal refusal) {
      identities.release(file); // LUO-FIL-16
      throw refusal;
    }
    session.files.put(token, file);
  }

  /** LUO-SER-18: all files of a session that came, or none. */
  Session renew(String name, Collection<SuccessorSide.File> came) {
    Session session = create(name);
    try {
      for (SuccessorSide.File file : came) {
        ModelImage.File record = file.record;
        preserve(
            session,
            record.token(),
            record.thing(),
            record.opening(),
            NONE,
            record.optional(),
            file);
      }
      return session;
    } catch (Refusal refusal) {
      close(session);
      throw refusal;
    }
  }

  private void handlerPreserves(File file, Session session, long reference) {
    file.handle = journal.newHandle();
    Optional<Fault> fault = journal.called(Callback.PRESERVE, file.called("preserve"));
    if (fault.isPresent()) {
      throw Refusal.ofHandler(fault.get().errno());
    }
    if (reference == file.token) {
      throw Refusal.ofHandler("EIO");
    }
    if (reference != NONE) {
      File other = session.files.get(reference);
      if (other == null) {
        throw Refusal.ofHandler("ENOENT");
      }
      if (other.optional && !file.optional) {
        throw Refusal.ofHandler("EINVAL");
      }
      file.reference = reference;
    }
  }

  /** LUO-FLB-11 to LUO-FLB-14. */
  private void acquire(List<SharedKind> dependencies) {
    List<SharedKind> acquired = new ArrayList<>();
    for (SharedKind kind : dependencies) {
      State present = shared.get(kind);
      if (present != null) {
        present.count++;
      } else {
        State state = new State();
        state.handle = journal.newHandle();
        Optional<Fault> fault =
            journal.called(Callback.SHARED_PRESERVE, Text.shared(kind, "preserve", state.handle));
        if (fault.isPresent()) {
          release(acquired);
          throw new Refusal("HandlerException", fault.get().errno());
        }
        shared.put(kind, state);
      }
      acquired.add(kind);
    }
  }

  /** LUO-FLB-16, in reverse. */
  private void release(List<SharedKind> dependencies) {
    for (SharedKind kind : dependencies.reversed()) {
      State state = shared.get(kind);
      if (state != null && --state.count == 0) {
        shared.remove(kind);
        journal.called(Callback.SHARED_UNPRESERVE, Text.shared(kind, "unpreserve", state.handle));
      }
    }
  }

  /** LUO-FIL-26. */
  void unpreserve(Session session, long token) {
    if (session.closed) {
      throw Refusal.mistake();
    }
    File file = session.files.get(token);
    if (file == null) {
      throw new Refusal("NoSuchTokenException", "ENOENT");
    }
    if (session.files.values().stream().anyMatch(other -> other.reference == token)) {
      throw new Refusal("FileReferredToException", "EBUSY");
    }
    unpreserve(session, file);
  }

  /** LUO-FIL-23: handler, shared states in reverse, identity. */
  private void unpreserve(Session session, File file) {
    session.files.remove(file.token);
    journal.called(Callback.UNPRESERVE, file.called("unpreserve"));
    release(file.handler.dependencies());
    identities.release(file);
  }

  /** LUO-SES-34, LUO-FIL-22: newest first; the name is free. */
  void close(Session session) {
    if (!session.closed) {
      session.closed = true;
      while (!session.files.isEmpty()) {
        unpreserve(session, session.files.lastEntry().getValue());
      }
      sessions.remove(session.name);
    }
  }

  /** LUO-DEV-05. */
  void closeAll() {
    List.copyOf(sessions.sequencedValues().reversed()).forEach(this::close);
  }

  /**
   * LUO-SER-02 to LUO-SER-10. An optional file that cannot be frozen stays behind, and with it what
   * refers to it.
   */
  void freeze() {
    memoryMade = true;
    List<Session> frozen = new ArrayList<>();
    for (Session session : sessions.values()) {
      frozen.add(session);
      for (File file : session.files.values()) {
        Optional<String> refused = staysBehind(session, file) ? Optional.empty() : freeze(file);
        if (refused.isPresent() && !file.optional) {
          thaw(frozen);
          throw new Refusal("FreezeRefusedException", refused.get());
        }
      }
    }
  }

  private static boolean staysBehind(Session session, File file) {
    File referredTo = session.files.get(file.reference);
    file.staysBehind = referredTo != null && referredTo.staysBehind;
    return file.staysBehind;
  }

  private Optional<String> freeze(File file) {
    long replacement = journal.replacesHandle() ? journal.newHandle() : file.handle;
    Optional<Fault> fault = journal.called(Callback.FREEZE, file.called("freeze"));
    if (fault.isPresent()) {
      file.staysBehind = true;
    } else {
      file.handle = replacement;
      file.frozen = true;
    }
    return fault.map(Fault::errno);
  }

  /** Everything comes back: sessions newest first, their files oldest first, those frozen. */
  void thaw() {
    thaw(List.copyOf(sessions.values()));
  }

  private void thaw(List<Session> frozen) {
    for (Session session : frozen.reversed()) {
      for (File file : session.files.values()) {
        if (file.frozen) {
          journal.called(Callback.UNFREEZE, file.called("unfreeze"));
        }
      }
    }
    sessions.values().stream()
        .flatMap(session -> session.files.values().stream())
        .forEach(file -> {
          file.frozen = false;
          file.staysBehind = false;
        });
  }

  ModelImage image(long generation) {
    return new ModelImage(
        generation,
        sessions.values().stream()
            .map(session ->
                new ModelImage.Session(
                    session.name,
                    session.files.values().stream()
                        .filter(file -> !file.staysBehind)
                        .map(file ->
                            new ModelImage.File(
                                file.token,
                                file.kind.compatible,
                                file.handle,
                                file.thing,
                                file.opening,
                                file.reference,
                                file.optional))
                        .toList()))
            .toList(),
        registry.shared().stream()
            .filter(kind -> crossing(kind) > 0)
            .map(kind ->
                new ModelImage.Shared(
                    kind.compatible,
                    Objects.requireNonNull(shared.get(kind)).handle,
                    crossing(kind)))
            .toList());
  }

  /** LUO-FLB-20, 21: what stays behind counts for nothing in the successor. */
  private long crossing(SharedKind kind) {
    State state = shared.get(kind);
    long staysBehind =
        sessions.values().stream()
            .flatMap(session -> session.files.values().stream())
            .filter(file -> file.staysBehind && file.handler.dependencies().contains(kind))
            .count();
    return state == null ? 0 : state.count - staysBehind;
  }

  boolean uses(FileKind kind) {
    return sessions.values().stream()
        .flatMap(session -> session.files.values().stream())
        .anyMatch(file -> file.kind == kind);
  }

  int files() {
    return sessions.values().stream().mapToInt(session -> session.files.size()).sum();
  }

  int sharedStates() {
    return shared.size();
  }

  /** The memory, and for each file one that keeps it open and one that crosses. */
  int descriptors() {
    return (memoryMade ? 1 : 0) + 2 * files();
  }
}
