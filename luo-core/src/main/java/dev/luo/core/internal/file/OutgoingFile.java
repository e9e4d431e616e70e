// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.file;

import dev.luo.core.Attachment;
import dev.luo.core.HandlerFailedException.Step;
import dev.luo.core.HandlerStuckException;
import dev.luo.core.HandoverMemoryException;
import dev.luo.core.Importance;
import dev.luo.core.internal.callback.FileName;
import dev.luo.core.internal.callback.FileSubject;
import dev.luo.core.internal.memory.OutgoingMemory;
import dev.luo.core.internal.memory.OwnedMemory;
import dev.luo.core.internal.registry.RegisteredHandler;
import dev.luo.linux.Fd;
import dev.luo.spi.FileLifecycleBound;
import dev.luo.spi.Handle;
import dev.luo.spi.Preserved;
import dev.luo.spi.Slot;
import dev.luo.spi.Token;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One preserved file, or one that is about to be. State only; {@link OutgoingFiles} moves it.
 * Guarded by the lock of its session.
 *
 * @param <R> the handler's run-time state
 */
public final class OutgoingFile<R extends @Nullable Object>
    implements IdentityMap.Holder, FileSubject {

  private enum State {
    /** Its workload runs, or is about to be at rest. */
    PRESERVED,
    /** Its freeze succeeded and was not undone: it crosses. */
    FROZEN,
    /** It does not take part in the update that is under way. */
    DROPPED,
    /** A call of its handler did not come back: nothing of it is touched ever again. */
    QUARANTINED
  }

  /**
   * A call that did not come back.
   *
   * @param where with the stack trace of its thread
   */
  private record Stuck(Step step, Throwable where) {}

  private final FileName name;
  final RegisteredHandler<R> handler;

  /** luo's own descriptor: the caller may close his. */
  final Fd fd;

  /** Larger than that of every file that was preserved before. */
  final long number;

  private final Importance importance;
  final Attachment attachment;
  final OwnedMemory memory;

  /** Named in the order in which they were carried. */
  final List<Slot> slots = new ArrayList<>(0);

  /** Files of the session that this one cannot be rebuilt without; most need none. */
  private Set<Token> refersTo = Collections.emptySet();

  /** Files of the session that cannot be rebuilt without this one; most are needed by none. */
  private Set<Token> referredToBy = Collections.emptySet();

  private @Nullable Preserved<R> preserved;
  private @Nullable Handle replaced;
  private State state = State.PRESERVED;
  private @Nullable Stuck stuck;
  IdentityMap.@Nullable Entry identity;

  OutgoingFile(
      FileName name,
      long number,
      RegisteredHandler<R> handler,
      Fd fd,
      Importance importance,
      Attachment attachment,
      OutgoingMemory memory)
      throws HandoverMemoryException {
    this.name = name;
    this.number = number;
    this.handler = handler;
    this.fd = fd;
    this.importance = importance;
    this.attachment = attachment;
    this.memory = memory.forOwner(this, handler.quota());
  }

  @Override
  public FileName name() {
    return name;
  }

  @Override
  public long byteSize() {
    return memory.byteSize();
  }

  @Override
  public String toString() {
    return name.toString();
  }

  /** Returns the caller's name for the file. */
  public Token token() {
    return name.token();
  }

  /** Returns whether an update can go on without the file. */
  public Importance importance() {
    return importance;
  }

  /**
   * Returns a file of the session that cannot be rebuilt without this one; empty if there is none.
   */
  public Optional<Token> referredToBy() {
    return referredToBy.stream().findFirst();
  }

  /** Returns the shared state that it cannot be rebuilt without. */
  public List<FileLifecycleBound<?>> standsOn() {
    return handler.dependencies(compatible());
  }

  /** Returns the files of the session that this one cannot be rebuilt without. */
  Set<Token> refersTo() {
    return Collections.unmodifiableSet(refersTo);
  }

  /** Returns the files of the session that cannot be rebuilt without this one. */
  Set<Token> dependents() {
    return Collections.unmodifiableSet(referredToBy);
  }

  /** Takes note that this file cannot be rebuilt without another; answers whether that is new. */
  boolean referTo(OutgoingFile<?> other) {
    if (refersTo.contains(other.token())) {
      return false;
    }
    refersTo = with(refersTo, other.token());
    other.referredToBy = with(other.referredToBy, token());
    return true;
  }

  private static Set<Token> with(Set<Token> tokens, Token another) {
    Set<Token> some = tokens.isEmpty() ? new LinkedHashSet<>() : tokens;
    some.add(another);
    return some;
  }

  void forgetReferences(Collection<Token> others, Siblings siblings) {
    for (Token other : others) {
      refersTo.remove(other);
      siblings.file(other).ifPresent(referredTo -> referredTo.referredToBy.remove(token()));
    }
  }

  /**
   * Returns what crosses: the handle of preserve, or of the last freeze that replaced it
   * (LUO-SER-05).
   */
  public Handle handle() {
    return replaced != null ? replaced : preserved().handle();
  }

  Preserved<R> preserved() {
    if (preserved == null) {
      throw new IllegalStateException("not preserved: " + name);
    }
    return preserved;
  }

  void preserved(Preserved<R> result) {
    preserved = result;
  }

  /**
   * Closes luo's own descriptor without a word to the handler, unless that may be in the middle of
   * using it.
   */
  public void abandon() {
    if (stuck == null) {
      fd.close();
    }
  }

  /**
   * Answers whether it crosses, and has to be unfrozen if there is no update. When every file has
   * been asked to freeze, those that do not stay behind are.
   */
  public boolean isFrozen() {
    return state == State.FROZEN;
  }

  /** Answers whether it has no part in the update that is under way. */
  public boolean staysBehind() {
    return state == State.DROPPED || state == State.QUARANTINED;
  }

  /** Answers whether nothing of it may be touched. */
  public boolean isQuarantined() {
    return stuck != null;
  }

  /** Returns what its handler did to be quarantined. */
  public HandlerStuckException stuck() {
    if (stuck == null) {
      throw new IllegalStateException("not quarantined: " + name);
    }
    return new HandlerStuckException(
        name.session(), name.token(), name.compatible(), stuck.step(), stuck.where());
  }

  void drop() {
    state = State.DROPPED;
  }

  void quarantine(Step step, Throwable where) {
    state = State.QUARANTINED;
    stuck = new Stuck(step, where);
  }

  /** Takes over the handle that crosses; it stays replaced after an abort (LUO-SER-14). */
  void frozen(Handle handle) {
    replaced = handle;
    state = State.FROZEN;
  }

  /** Takes note that there is no update any more. */
  void thawed() {
    state = State.PRESERVED;
  }
}
