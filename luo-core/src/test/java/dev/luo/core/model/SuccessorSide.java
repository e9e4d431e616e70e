// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.model;

import dev.luo.core.model.ModelRegistry.Registration;
import dev.luo.spi.IdentityScope;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The incoming side: specification, state machines <em>incoming session</em> and <em>file</em>. */
final class SuccessorSide {

  static final class File {
    final String session;
    final ModelImage.File record;

    /** LUO-FIL-45: whom the opening found, where it looks for handlers; it stays. */
    final Optional<Registration> bound;

    boolean retrieved;
    boolean verified;
    @Nullable Refusal failure;

    File(String session, ModelImage.File record, Optional<Registration> bound) {
      this.session = session;
      this.record = record;
      this.bound = bound;
    }

    String called(FileKind kind, String operation) {
      return Text.call(kind, operation, session, record.token(), record.handle());
    }

    /** LUO-FIL-37. */
    String outcome() {
      return retrieved ? " retrieved" : failure != null ? " failed " + failure.errno : " never";
    }
  }

  static final class Session {
    final String name;
    final LinkedHashMap<Long, File> files = new LinkedHashMap<>();
    boolean claimed;
    boolean finished;

    Session(String name) {
      this.name = name;
    }
  }

  /** Nothing would be lost that could be had: optional files may have failed, or lack a handler. */
  private boolean isComplete(Session session) {
    return session.files.values().stream()
        .allMatch(file ->
            file.retrieved
                || (file.record.optional() && (file.failure != null || handler(file).isEmpty())));
  }

  /** Somebody's hold on a session, until he closes it. */
  static final class Claim {
    final Session session;
    boolean closed;

    Claim(Session session) {
      this.session = session;
    }
  }

  private static final class State {
    final ModelImage.Shared record;
    long count;
    boolean loaded;
    boolean retrieved;
    boolean finished;
    @Nullable Refusal failure;

    State(ModelImage.Shared record) {
      this.record = record;
      this.count = record.count();
    }
  }

  private final Variant variant;
  private final Journal journal;
  private final ModelRegistry registry;
  private final Identities identities;
  private final LinkedHashMap<String, Session> sessions = new LinkedHashMap<>();
  private final Map<String, State> shared = new HashMap<>();
  private final boolean onlyShared;

  /** Whether a file was given up that nobody knows the shared states of. */
  private boolean givenUpUnknown;

  SuccessorSide(
      Variant variant,
      Journal journal,
      ModelRegistry registry,
      Identities identities,
      ModelImage image) {
    this.variant = variant;
    this.journal = journal;
    this.registry = registry;
    this.identities = identities;
    image.sessions().forEach(this::add);
    onlyShared = image.sessions().isEmpty() && !image.shared().isEmpty();
    image.shared().forEach(entry -> shared.put(entry.compatible(), new State(entry)));
  }

  private void add(ModelImage.Session entry) {
    Session session = new Session(entry.name());
    sessions.put(session.name, session);
    for (ModelImage.File record : entry.files()) {
      Optional<Registration> bound = Optional.empty();
      if (!variant.opensWithoutHandler()) {
        bound = registry.accepting(record.compatible());
        if (bound.isEmpty()) {
          throw new Refusal("ImageRefusedException", "EIO");
        }
      }
      session.files.put(record.token(), new File(session.name, record, bound));
    }
  }

  /** LUO-REG-13: looked for whenever it is needed, unless it was found at the opening. */
  private Optional<Registration> handler(File file) {
    return file.bound.or(() -> registry.accepting(file.record.compatible()));
  }

  /** Names of what is not finished, in order of creation. */
  List<String> unfinished() {
    return sessions.values().stream()
        .filter(session -> !session.finished)
        .map(session -> session.name)
        .toList();
  }

  /** LUO-SES-20 to LUO-SES-26. */
  Claim claim(String name) {
    Session session = sessions.get(name);
    if (session == null) {
      throw new Refusal("NoSuchSessionException", "ENOENT");
    }
    if (session.claimed) {
      throw new Refusal("SessionClaimedException", "EINVAL");
    }
    session.claimed = true;
    return new Claim(session);
  }

  private static Session open(Claim claim) {
    if (claim.closed) {
      throw Refusal.mistake();
    }
    return claim.session;
  }

  /** LUO-FIL-27, then {@link #retrieve(Session, File)}. */
  File retrieve(Claim claim, long token) {
    File file = file(claim, token);
    retrieve(claim.session, file);
    return file;
  }

  private static File file(Claim claim, long token) {
    Session session = open(claim);
    File file = session.finished ? null : session.files.get(token);
    if (file == null) {
      throw new Refusal("NoSuchTokenException", "ENOENT");
    }
    return file;
  }

  /** LUO-FIL-31: a failure is forgotten where somebody asks for another attempt by name. */
  File retryRetrieve(Claim claim, long token) {
    file(claim, token).failure = null;
    return retrieve(claim, token);
  }

  /** LUO-FIL-28, 29, 31: remembered failure, remembered success, the handler. */
  private void retrieve(Session session, File file) {
    if (file.failure != null) {
      throw file.failure;
    }
    if (file.retrieved) {
      return;
    }
    FileKind kind =
        handler(file).orElseThrow(() -> new Refusal("NoHandlerException", "ENOENT")).kind;
    try {
      Optional<Fault> fault = journal.called(Callback.RETRIEVE, file.called(kind, "retrieve"));
      if (fault.isPresent()) {
        throw Refusal.ofHandler(fault.get().errno());
      }
      File referredTo = session.files.get(file.record.reference());
      if (referredTo != null) {
        retrieve(session, referredTo);
      }
      if (kind.asksForShared()) {
        live(kind.dependencies.getFirst());
      }
    } catch (Refusal refusal) {
      file.failure = Refusal.ofHandler(refusal.errno);
      throw file.failure;
    }
    identities.add(
        file,
        new Identities.Entry(
            file.record.thing(), file.record.opening(), kind.scope == IdentityScope.INODE));
    file.retrieved = true;
    journal.called(Callback.RESUME, file.called(kind, "resume"));
  }

  /** Compares, oldest first, what was not compared yet. */
  void verify(Claim claim) {
    Session session = open(claim);
    if (!session.finished) {
      verify(session);
    }
  }

  private void verify(Session session) {
    for (File file : session.files.values()) {
      Optional<Registration> handler = handler(file);
      if (file.retrieved && !file.verified && handler.isPresent()) {
        String call = file.called(handler.get().kind, "verify");
        Optional<Fault> fault = journal.called(Callback.VERIFY, call);
        if (fault.isPresent()) {
          throw Refusal.ofHandler(fault.get().errno());
        }
        file.verified = true;
      }
    }
  }

  /** LUO-SES-31, 33, LUO-FIL-39. */
  void finish(Claim claim) {
    finish(open(claim));
  }

  private void finish(Session session) {
    if (session.finished) {
      return;
    }
    if (variant.losesNothing() && !isComplete(session)) {
      throw new Refusal("NotFinishableException", "EBUSY");
    }
    if (variant.verifies()) {
      verify(session);
    }
    giveUp(session);
  }

  void discard(Claim claim) {
    Session session = open(claim);
    if (!session.finished) {
      giveUp(session);
    }
  }

  /** LUO-SER-18: as finish, but that in between all is preserved again. */
  Predecessor.Session renew(Claim claim, Predecessor outgoing) {
    Session session = open(claim);
    if (session.finished) {
      throw Refusal.mistake();
    }
    if (!isComplete(session)) {
      throw new Refusal("NotFinishableException", "EBUSY");
    }
    verify(session);
    requireAgreement(session);
    Predecessor.Session renewed =
        outgoing.renew(
            session.name, session.files.values().stream().filter(file -> file.retrieved).toList());
    finishFiles(session);
    return renewed;
  }

  /** LUO-FIL-34 to LUO-FIL-38: all are asked, oldest first; then all finish, newest first. */
  private void giveUp(Session session) {
    requireAgreement(session);
    finishFiles(session);
  }

  private void requireAgreement(Session session) {
    for (File file : session.files.values()) {
      Optional<Registration> handler = handler(file);
      if (handler.isPresent()) {
        String call = file.called(handler.get().kind, "canFinish") + file.outcome();
        if (journal.called(Callback.CAN_FINISH, call).isPresent()) {
          throw new Refusal("NotFinishableException", "EBUSY");
        }
      }
    }
  }

  private void finishFiles(Session session) {
    for (File file : session.files.sequencedValues().reversed()) {
      Optional<Registration> found = handler(file);
      if (found.isPresent()) {
        Registration handler = found.get();
        journal.called(Callback.FINISH, file.called(handler.kind, "finish") + file.outcome());
        release(handler.dependencies());
      } else {
        givenUpUnknown = true;
      }
    }
    session.files.values().forEach(identities::release);
    session.finished = true;
    if (unfinished().isEmpty() && variant.countsFromTheBeginning() && !givenUpUnknown) {
      registry.shared().forEach(this::finishLast);
    }
  }

  /** LUO-FLB-21, LUO-FLB-28: what still counts is nobody here, unless it may be a file. */
  private void finishLast(SharedKind kind) {
    State state = shared.get(kind.compatible);
    if (state != null && !state.finished && state.failure == null) {
      finish(kind, state);
    }
  }

  /** LUO-SES-26 to 28, 35, 37. */
  void close(Claim claim) {
    if (claim.closed) {
      return;
    }
    claim.closed = true;
    Session session = claim.session;
    boolean orphan = false;
    try {
      if (!variant.losesNothing() || isComplete(session)) {
        finish(session);
      }
    } catch (Refusal refusal) {
      orphan = !variant.closeUnclaims();
      if (variant.closeTells()) {
        throw refusal;
      }
    } finally {
      session.claimed = orphan;
      if (session.finished) {
        sessions.remove(session.name);
      }
    }
  }

  /** LUO-FLB-24 to LUO-FLB-26, 30. */
  private void live(SharedKind kind) {
    State state = shared.get(kind.compatible);
    if (state == null) {
      throw new Refusal("HandlerException", "ENOENT");
    }
    if (state.finished) {
      throw new Refusal("HandlerException", "ENODATA");
    }
    retrieve(kind, state);
  }

  private void retrieve(SharedKind kind, State state) {
    if (state.failure != null) {
      throw state.failure;
    }
    if (!state.retrieved) {
      state.loaded = true;
      Optional<Fault> fault =
          journal.called(
              Callback.SHARED_RETRIEVE, Text.shared(kind, "retrieve", state.record.handle()));
      if (fault.isPresent()) {
        state.failure = new Refusal("HandlerException", fault.get().errno());
        throw state.failure;
      }
      state.retrieved = true;
    }
  }

  /** LUO-FLB-28, 29, 31, 32, 34. */
  private void release(List<SharedKind> dependencies) {
    for (SharedKind kind : dependencies.reversed()) {
      State state = shared.get(kind.compatible);
      boolean counted = state != null && (variant.countsFromTheBeginning() || state.loaded);
      if (state != null && counted && --state.count == 0) {
        finish(kind, state);
      }
    }
  }

  private void finish(SharedKind kind, State state) {
    state.finished = true;
    try {
      retrieve(kind, state);
      journal.called(Callback.SHARED_FINISH, Text.shared(kind, "finish", state.record.handle()));
    } catch (Refusal refused) {
      state.retrieved = false; // LUO-FLB-32: given up without finish
    }
  }

  boolean needs(FileKind kind) {
    return sessions.values().stream()
        .filter(session -> !session.finished)
        .flatMap(session -> session.files.values().stream())
        .anyMatch(file -> handler(file).filter(handler -> handler.kind == kind).isPresent());
  }

  /**
   * The memory, and of each file that is not finished the one that crossed. Shared states that came
   * without a session can still be asked for.
   */
  int descriptors() {
    if (onlyShared) {
      return 1;
    }
    int files =
        sessions.values().stream()
            .filter(session -> !session.finished)
            .mapToInt(session -> session.files.size())
            .sum();
    return unfinished().isEmpty() ? 0 : 1 + files;
  }
}
