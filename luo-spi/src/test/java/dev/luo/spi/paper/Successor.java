// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi.paper;

import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.LinuxException;
import dev.luo.spi.Boundary;
import dev.luo.spi.Compatible;
import dev.luo.spi.CorruptRecordException;
import dev.luo.spi.Deadline;
import dev.luo.spi.FileHandler;
import dev.luo.spi.FileLifecycleBound;
import dev.luo.spi.FinishContext;
import dev.luo.spi.Handle;
import dev.luo.spi.HandlerException;
import dev.luo.spi.IncomingContext;
import dev.luo.spi.IncomingMemory;
import dev.luo.spi.IncomingRecord;
import dev.luo.spi.LuoException;
import dev.luo.spi.NoSuchTokenException;
import dev.luo.spi.Origin;
import dev.luo.spi.Recovery;
import dev.luo.spi.ReferenceCycleException;
import dev.luo.spi.Restored;
import dev.luo.spi.RestoredContext;
import dev.luo.spi.Retrieval;
import dev.luo.spi.Slot;
import dev.luo.spi.Token;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The smallest successor: retrieves in any order, remembers outcomes, and knows nothing but the
 * handover.
 */
final class Successor implements AutoCloseable {

  private final Handover handover;
  private final List<FileHandler<?>> handlers;
  private final Map<Token, Retrieval> outcomes = new HashMap<>();
  private final List<Token> waiting = new ArrayList<>();
  private final List<Object> attachments = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * Creates a successor.
   *
   * @param handlers instances that have seen nothing of the predecessor
   */
  Successor(Handover handover, FileHandler<?>... handlers) {
    this.handover = handover;
    this.handlers = List.of(handlers);
  }

  /** Gives something to every retrieve to come. */
  Successor attach(Object attachment) {
    attachments.add(attachment);
    return this;
  }

  List<String> notes() {
    return notes;
  }

  /** Retrieves a file, or answers as the first time. The file is lent. */
  Restored retrieve(Token token) throws LuoException {
    if (!outcomes.containsKey(token)) {
      outcomes.put(token, attempt(token));
    }
    return switch (outcomes.get(token)) {
      case Retrieval.Retrieved(Restored restored) -> restored;
      case Retrieval.Failed(LuoException failure) -> throw failure;
      case null, default -> throw new IllegalStateException("outcome of " + token);
    };
  }

  private Retrieval attempt(Token token) throws LuoException {
    Handover.Entry entry = entry(token);
    if (waiting.contains(token)) {
      throw new ReferenceCycleException("paper", List.copyOf(waiting));
    }
    waiting.add(token);
    try {
      Restored restored = handler(entry).retrieve(new Incoming(token, entry));
      Fd kept = restored.file().isOwned() ? restored.file() : restored.file().duplicate();
      return new Retrieval.Retrieved(
          new Restored(kept, restored.fidelity(), restored.note(), restored.attachment()));
    } catch (LuoException failed) {
      return new Retrieval.Failed(failed);
    } catch (IOException failed) {
      Errno errno = failed instanceof LinuxException linux ? linux.errno() : Errno.EIO;
      return new Retrieval.Failed(
          new HandlerException(
              String.valueOf(failed.getMessage()), errno, Recovery.ABORT_UPDATE, failed));
    } finally {
      waiting.removeLast();
    }
  }

  void resume(Token token) throws LuoException {
    Handover.Entry entry = entry(token);
    handler(entry).resume(new Finishing(token, entry));
  }

  void verify(Token token) throws LuoException, IOException {
    Handover.Entry entry = entry(token);
    handler(entry).verify(new Finishing(token, entry));
  }

  boolean canFinish(Token token) throws LuoException {
    Handover.Entry entry = entry(token);
    return handler(entry).canFinish(new Finishing(token, entry));
  }

  void finish(Token token) throws LuoException {
    Handover.Entry entry = entry(token);
    handler(entry).finish(new Finishing(token, entry));
  }

  private Handover.Entry entry(Token token) throws NoSuchTokenException {
    Handover.Entry entry = handover.files().get(token);
    if (entry == null) {
      throw new NoSuchTokenException("no file under token " + token, token);
    }
    return entry;
  }

  private FileHandler<?> handler(Handover.Entry entry) {
    return handlers.stream()
        .filter(handler -> handler.accepts().contains(entry.compatible()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no handler for " + entry.compatible()));
  }

  /** Closes what was retrieved and what was carried. */
  @Override
  public void close() {
    closeRetrieved();
    handover.close();
  }

  /** Closes what was retrieved. The handover stays, for another successor. */
  void closeRetrieved() {
    for (Retrieval outcome : outcomes.values()) {
      if (outcome instanceof Retrieval.Retrieved(Restored restored)) {
        restored.file().close();
        restored.attachment(AutoCloseable.class).ifPresent(Successor::closeAttachment);
      }
    }
    outcomes.clear();
  }

  private static void closeAttachment(AutoCloseable attachment) {
    try {
      attachment.close();
    } catch (Exception failed) {
      throw new IllegalStateException("attachment cannot be closed: " + attachment, failed);
    }
  }

  private static Restored lent(Restored restored) {
    return new Restored(
        restored.file().lend(), restored.fidelity(), restored.note(), restored.attachment());
  }

  /** What both kinds of context have in common. */
  private class Arrived implements IncomingRecord {

    private final Token token;
    private final Handover.Entry entry;

    private Arrived(Token token, Handover.Entry entry) {
      this.token = token;
      this.entry = entry;
    }

    @Override
    public Token token() {
      return token;
    }

    @Override
    public Compatible compatible() {
      return entry.compatible();
    }

    @Override
    public Handle handle() {
      return entry.handle();
    }

    @Override
    public IncomingMemory memory() {
      return PaperMemory.incoming(entry.memory());
    }

    @Override
    public Deadline deadline() {
      return Deadline.after(Duration.ofMinutes(1));
    }

    @Override
    public Origin origin() {
      return handover.origin();
    }

    @Override
    public Boundary boundary() {
      return handover.boundary();
    }

    @Override
    public Fd borrow(Slot slot) throws LuoException {
      return tryBorrow(slot)
          .orElseThrow(() -> new CorruptRecordException("slot " + slot + " did not arrive"));
    }

    @Override
    public Optional<Fd> tryBorrow(Slot slot) throws LuoException {
      if (!entry.carried().contains(slot)) {
        throw new CorruptRecordException("no descriptor was carried as slot " + slot);
      }
      return Optional.ofNullable(entry.arrived().get(slot)).map(Fd::lend);
    }

    @Override
    public String session() {
      return "paper";
    }

    @Override
    public void note(String remark) {
      notes.add(remark);
    }
  }

  private final class Incoming extends Arrived implements IncomingContext {

    private Incoming(Token token, Handover.Entry entry) {
      super(token, entry);
    }

    @Override
    public <S> Optional<S> staged(Class<S> type) {
      return Optional.empty();
    }

    @Override
    public boolean changedSinceStaging() {
      return false;
    }

    @Override
    public Restored retrieve(Token other) throws LuoException {
      return lent(Successor.this.retrieve(other));
    }

    @Override
    public <A> Optional<A> attachment(Class<A> type) {
      return attachments.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    @Override
    public <T> T shared(FileLifecycleBound<T> flb) {
      throw new IllegalArgumentException("no shared state here: " + flb.compatible());
    }
  }

  /** What can be seen of a file that is retrieved, or never was. */
  private final class Finishing extends Arrived implements FinishContext, RestoredContext {

    private Finishing(Token token, Handover.Entry entry) {
      super(token, entry);
    }

    @Override
    public Restored restored() {
      if (outcomes.get(token()) instanceof Retrieval.Retrieved(Restored restored)) {
        return lent(restored);
      }
      throw new IllegalStateException("not retrieved: " + token());
    }

    @Override
    public Retrieval retrieval() {
      return outcomes.getOrDefault(token(), new Retrieval.NotAttempted());
    }

    @Override
    public Retrieval retrievalOf(Token other) throws LuoException {
      entry(other);
      return outcomes.getOrDefault(other, new Retrieval.NotAttempted());
    }

    @Override
    public <T> Optional<T> shared(FileLifecycleBound<T> flb) {
      return Optional.empty();
    }
  }
}
