// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.model;

import dev.luo.linux.Fd;
import dev.luo.spi.Compatible;
import dev.luo.spi.FileHandler;
import dev.luo.spi.FileLifecycleBound;
import dev.luo.spi.FinishContext;
import dev.luo.spi.FreezeContext;
import dev.luo.spi.Handle;
import dev.luo.spi.HandoverMemory;
import dev.luo.spi.IdentityScope;
import dev.luo.spi.IncomingContext;
import dev.luo.spi.IncomingRecord;
import dev.luo.spi.LuoException;
import dev.luo.spi.OutgoingContext;
import dev.luo.spi.OutgoingRecord;
import dev.luo.spi.Preserved;
import dev.luo.spi.PreservedContext;
import dev.luo.spi.Restored;
import dev.luo.spi.RestoredContext;
import dev.luo.spi.Retrieval;
import dev.luo.spi.Slot;
import dev.luo.spi.ThawCause;
import dev.luo.spi.Token;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A handler that does what a journal says. Its record holds the handle's number in the game, the
 * slot of the file, and the token that the file refers to.
 */
final class PlayedHandler implements FileHandler<Token> {

  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final long NUMBER = 0;
  private static final long SLOT = 8;
  private static final long REFERS = 16;
  private static final long REFERENCE = 24;
  private static final long BYTE_SIZE = 32;

  private final FileKind kind;
  private final Journal journal;
  private final Things things;
  private final Compatible compatible;
  private final Set<Compatible> accepts;
  private final List<FileLifecycleBound<?>> dependencies;
  private final Optional<PlayedState> asked;

  PlayedHandler(
      FileKind kind, Journal journal, Things things, Map<SharedKind, PlayedState> states) {
    this.kind = kind;
    this.journal = journal;
    this.things = things;
    this.compatible = Compatible.of(kind.compatible);
    this.accepts = kind.accepts.stream().map(Compatible::of).collect(Collectors.toSet());
    this.dependencies =
        kind.dependencies.stream()
            .<FileLifecycleBound<?>>map(shared -> state(states, shared))
            .toList();
    this.asked =
        kind.asksForShared()
            ? Optional.of(state(states, kind.dependencies.getFirst()))
            : Optional.empty();
  }

  FileKind kind() {
    return kind;
  }

  private static PlayedState state(Map<SharedKind, PlayedState> states, SharedKind shared) {
    PlayedState state = states.get(shared);
    if (state == null) {
      throw new IllegalArgumentException("no state " + shared);
    }
    return state;
  }

  @Override
  public Compatible compatible() {
    return compatible;
  }

  @Override
  public Set<Compatible> accepts() {
    return accepts;
  }

  @Override
  public List<FileLifecycleBound<?>> dependencies() {
    return dependencies;
  }

  @Override
  public IdentityScope identityScope() {
    return kind.scope;
  }

  @Override
  public boolean canPreserve(Fd file) {
    int thing = things.number(file);
    if (journal.called(Callback.CAN_PRESERVE, kind + ".canPreserve " + thing).isPresent()) {
      throw new IllegalStateException("told to");
    }
    return kind.things.contains(thing);
  }

  @Override
  public Preserved<Token> preserve(OutgoingContext context) throws LuoException {
    Handle handle = context.memory().allocate(BYTE_SIZE);
    Slot slot = context.carry(context.file());
    MemorySegment record = context.memory().map(handle);
    record.set(LONG, NUMBER, journal.newHandle());
    record.set(LONG, SLOT, slot.number());
    call(Callback.PRESERVE, "preserve", context, record);
    Optional<Token> reference = context.attachment(Token.class);
    if (reference.isPresent()) {
      context.refer(reference.get()).close();
      record.set(LONG, REFERS, 1);
      record.set(LONG, REFERENCE, reference.get().value());
    }
    return new Preserved<>(handle, context.token());
  }

  private Optional<Fault> called(
      Callback callback, String operation, OutgoingRecord context, MemorySegment record) {
    return journal.called(
        callback,
        Text.call(
            kind, operation, context.session(), context.token().value(), record.get(LONG, NUMBER)));
  }

  private void call(
      Callback callback, String operation, OutgoingRecord context, MemorySegment record)
      throws LuoException {
    Optional<Fault> fault = called(callback, operation, context, record);
    if (fault.isPresent()) {
      throw PlayedState.failure(fault.get());
    }
  }

  private MemorySegment record(PreservedContext<Token> context) {
    if (!context.runtime().equals(context.token())) {
      throw new AssertionError("somebody else's run-time state: " + context.runtime());
    }
    return context.memory().map(context.handle());
  }

  @Override
  public void unpreserve(PreservedContext<Token> context) {
    quietly(called(Callback.UNPRESERVE, "unpreserve", context, record(context)));
  }

  private static void quietly(Optional<Fault> fault) {
    if (fault.isPresent()) {
      throw new IllegalStateException("told to");
    }
  }

  @Override
  public Handle freeze(FreezeContext<Token> context) throws LuoException {
    HandoverMemory memory = context.memory();
    MemorySegment record = record(context);
    if (!journal.replacesHandle()) {
      call(Callback.FREEZE, "freeze", context, record);
      return context.handle();
    }
    Handle replacement = memory.allocate(BYTE_SIZE);
    memory.map(replacement).copyFrom(record);
    memory.map(replacement).set(LONG, NUMBER, journal.newHandle());
    call(Callback.FREEZE, "freeze", context, record);
    memory.free(context.handle());
    return replacement;
  }

  @Override
  public void unfreeze(PreservedContext<Token> context, ThawCause cause) {
    quietly(called(Callback.UNFREEZE, "unfreeze", context, record(context)));
  }

  private Optional<Fault> called(
      Callback callback, String operation, IncomingRecord context, String more)
      throws LuoException {
    return journal.called(
        callback,
        Text.call(
                kind,
                operation,
                context.session(),
                context.token().value(),
                context.memory().map(context.handle()).get(LONG, NUMBER))
            + more);
  }

  @Override
  public Restored retrieve(IncomingContext context) throws LuoException {
    Optional<Fault> fault = called(Callback.RETRIEVE, "retrieve", context, "");
    if (fault.isPresent()) {
      throw PlayedState.failure(fault.get());
    }
    MemorySegment record = context.memory().map(context.handle());
    if (record.get(LONG, REFERS) != 0) {
      Restored _ = context.retrieve(Token.of(record.get(LONG, REFERENCE)));
    }
    if (asked.isPresent()) {
      Long _ = context.shared(asked.get());
    }
    return Restored.live(context.borrow(Slot.fromRecord((int) record.get(LONG, SLOT))));
  }

  @Override
  public void resume(RestoredContext context) {
    quietly(quietly(Callback.RESUME, "resume", context, ""));
  }

  @Override
  public void verify(RestoredContext context) throws LuoException {
    Optional<Fault> fault = called(Callback.VERIFY, "verify", context, "");
    if (fault.isPresent()) {
      throw PlayedState.failure(fault.get());
    }
  }

  @Override
  public boolean canFinish(FinishContext context) {
    Optional<Fault> fault =
        quietly(Callback.CAN_FINISH, "canFinish", context, outcome(context.retrieval()));
    if (fault.isPresent() && fault.get().bug()) {
      throw new IllegalStateException("told to");
    }
    return fault.isEmpty();
  }

  @Override
  public void finish(FinishContext context) {
    quietly(quietly(Callback.FINISH, "finish", context, outcome(context.retrieval())));
  }

  private Optional<Fault> quietly(
      Callback callback, String operation, IncomingRecord context, String more) {
    try {
      return called(callback, operation, context, more);
    } catch (LuoException e) {
      throw new AssertionError(e);
    }
  }

  private static String outcome(Retrieval retrieval) {
    return switch (retrieval) {
      case Retrieval.Retrieved _ -> " retrieved";
      case Retrieval.Failed failed -> " failed " + failed.failure().errno().name();
      default -> " never";
    };
  }
}
