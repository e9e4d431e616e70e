// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.handler.memfd;

import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.LinuxException;
import dev.luo.spi.Boundary;
import dev.luo.spi.CannotCarryException;
import dev.luo.spi.Compatible;
import dev.luo.spi.CorruptRecordException;
import dev.luo.spi.Crossing;
import dev.luo.spi.Deadline;
import dev.luo.spi.FileLifecycleBound;
import dev.luo.spi.FinishContext;
import dev.luo.spi.FreezeContext;
import dev.luo.spi.Handle;
import dev.luo.spi.HandoverMemory;
import dev.luo.spi.IncomingContext;
import dev.luo.spi.IncomingMemory;
import dev.luo.spi.IncomingRecord;
import dev.luo.spi.Integrity;
import dev.luo.spi.LuoException;
import dev.luo.spi.NoSuchTokenException;
import dev.luo.spi.Origin;
import dev.luo.spi.Recovery;
import dev.luo.spi.Restored;
import dev.luo.spi.RestoredContext;
import dev.luo.spi.Retrieval;
import dev.luo.spi.Slot;
import dev.luo.spi.StagingContext;
import dev.luo.spi.Token;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The least that a handler needs around it: one file, memory in an arena, descriptors carried by
 * duplication. Predecessor and successor have a handler each and share nothing but the bytes and
 * the duplicates.
 */
final class Rig implements AutoCloseable {
  static final Token TOKEN = Token.of(0x1001);

  private final Arena arena = Arena.ofShared();
  private final Map<Handle, MemorySegment> allocations = new HashMap<>();
  private final Map<Slot, Fd> carried = new HashMap<>();
  private final MemfdHandler predecessor = new MemfdHandler();
  private final MemfdHandler successor = new MemfdHandler();
  private final Fd file;

  Set<Crossing> crossings = Set.of(Crossing.EXEC, Crossing.SUCCESSOR, Crossing.STORE);
  Origin origin = Origin.HANDOVER;
  Boundary boundary = Boundary.PROCESS;
  @Nullable Object staged;
  @Nullable LuoException carryFailure;
  @Nullable LuoException memoryFailure;
  Handle handle = Handle.NONE;
  final List<String> notes = new ArrayList<>();

  /** The file stays the caller's. */
  Rig(Fd file) {
    this.file = file;
  }

  // The predecessor.

  Rig preserve() throws LuoException, IOException {
    handle = predecessor.preserve(new Outgoing()).handle();
    return this;
  }

  Rig freeze() throws LuoException, IOException {
    handle = predecessor.freeze(new Outgoing());
    return this;
  }

  void unpreserve() {
    predecessor.unpreserve(new Outgoing());
    closeCarried();
    allocations.clear();
  }

  int carriedCount() {
    return carried.size();
  }

  int allocationCount() {
    return allocations.size();
  }

  // What crosses.

  MemorySegment record() {
    return map(handle);
  }

  /** Puts other bytes in the place of the record, of another length if need be. */
  void replaceRecord(MemorySegment bytes) {
    MemorySegment copy =
        arena.allocate(Math.max(1, bytes.byteSize()), 8).asSlice(0, bytes.byteSize());
    allocations.put(handle, copy.copyFrom(bytes));
  }

  /** Lets the slot arrive as another file, which becomes the rig's. */
  void replaceCarried(Fd other) {
    Slot slot = carried.keySet().iterator().next();
    Fd before = carried.put(slot, other);
    if (before != null) {
      before.close();
    }
  }

  void dropCarried() {
    closeCarried();
  }

  /** Stands for what arrived in a process that never had a predecessor of its own. */
  void arrive(MemorySegment record, Slot slot, Fd arrived) {
    handle = Handle.of(4096);
    allocations.put(handle, record);
    carried.put(slot, arrived);
  }

  // The successor.

  void stage() throws LuoException, IOException {
    staged = successor.stage(new Staging());
  }

  /** Retrieves; a file of the handler's own, or a duplicate of the view, is the caller's. */
  Restored retrieve() throws LuoException, IOException {
    Restored restored = retrieveLent();
    Fd own = restored.file().isOwned() ? restored.file() : restored.file().duplicate();
    return new Restored(own, restored.fidelity(), restored.note(), restored.attachment());
  }

  /** Retrieves, and leaves the file as the handler returned it. */
  Restored retrieveLent() throws LuoException, IOException {
    return successor.retrieve(new Retrieving());
  }

  void verify(Restored restored) throws LuoException, IOException {
    successor.verify(new Verifying(restored));
  }

  boolean canFinish() {
    return successor.canFinish(new Finishing());
  }

  void finish() {
    successor.finish(new Finishing());
  }

  @Override
  public void close() {
    closeCarried();
    arena.close();
  }

  private void closeCarried() {
    carried.values().forEach(Fd::close);
    carried.clear();
  }

  private MemorySegment map(Handle wanted) {
    MemorySegment found = allocations.get(wanted);
    if (found == null) {
      throw new IllegalArgumentException("no allocation " + wanted);
    }
    return found;
  }

  private final class Memory implements HandoverMemory {
    @Override
    public Handle allocate(long byteSize, Integrity integrity) throws LuoException {
      if (memoryFailure != null) {
        throw memoryFailure;
      }
      Handle allocated = Handle.of(4096L * (allocations.size() + 1));
      allocations.put(allocated, arena.allocate(byteSize, 8));
      return allocated;
    }

    @Override
    public MemorySegment map(Handle wanted) {
      return Rig.this.map(wanted);
    }

    @Override
    public void free(Handle wanted) {
      allocations.remove(wanted);
    }
  }

  private final class Outgoing implements FreezeContext<@Nullable Void> {
    @Override
    public String session() {
      return "test";
    }

    @Override
    public Token token() {
      return TOKEN;
    }

    @Override
    public Fd file() {
      return file;
    }

    @Override
    public Compatible compatible() {
      return predecessor.compatible();
    }

    @Override
    public Deadline deadline() {
      return Deadline.after(Duration.ofMinutes(1));
    }

    @Override
    public Set<Crossing> crossings() {
      return crossings;
    }

    @Override
    public Crossing crossing() {
      return crossings.iterator().next();
    }

    @Override
    public HandoverMemory memory() {
      return new Memory();
    }

    @Override
    public Handle handle() {
      return handle;
    }

    @Override
    public @Nullable Void runtime() {
      return null;
    }

    @Override
    public Slot carry(Fd fd) throws LuoException {
      if (carryFailure != null) {
        throw carryFailure;
      }
      Slot slot = new Slot(carried.size() + 1);
      try {
        carried.put(slot, fd.duplicate());
      } catch (LinuxException failure) {
        throw new CannotCarryException("duplicate", Crossing.EXEC, failure.errno(), failure);
      }
      return slot;
    }

    @Override
    public Optional<Slot> tryCarry(Fd fd) throws LuoException {
      return Optional.of(carry(fd));
    }

    @Override
    public void drop(Slot slot) {
      Fd dropped = carried.remove(slot);
      if (dropped != null) {
        dropped.close();
      }
    }

    @Override
    public Optional<Token> tokenOf(Fd fd) {
      return Optional.empty();
    }

    @Override
    public Token refer(Fd other) throws LuoException {
      throw new NoSuchTokenException("this session has one file", null);
    }

    @Override
    public Fd refer(Token other) throws LuoException {
      throw new NoSuchTokenException("this session has one file", other);
    }

    @Override
    public <A> Optional<A> attachment(Class<A> type) {
      return Optional.empty();
    }

    @Override
    public <T> T shared(FileLifecycleBound<T> flb) {
      throw new IllegalArgumentException("the handler names no shared state");
    }

    @Override
    public void note(String remark) {
      notes.add(remark);
    }
  }

  private abstract class Incoming implements IncomingRecord {
    @Override
    public String session() {
      return "test";
    }

    @Override
    public Token token() {
      return TOKEN;
    }

    @Override
    public Compatible compatible() {
      return successor.compatible();
    }

    @Override
    public Handle handle() {
      return handle;
    }

    @Override
    public IncomingMemory memory() {
      return wanted -> {
        MemorySegment found = allocations.get(wanted);
        if (found == null) {
          throw new CorruptRecordException("no allocation " + wanted);
        }
        return found.asReadOnly();
      };
    }

    @Override
    public Deadline deadline() {
      return Deadline.after(Duration.ofMinutes(1));
    }

    @Override
    public Origin origin() {
      return origin;
    }

    @Override
    public Boundary boundary() {
      return boundary;
    }

    @Override
    public Fd borrow(Slot slot) throws LuoException {
      return tryBorrow(slot).orElseThrow(() -> new CorruptRecordException("no slot " + slot));
    }

    @Override
    public Optional<Fd> tryBorrow(Slot slot) {
      return Optional.ofNullable(carried.get(slot)).map(Fd::lend);
    }

    @Override
    public void note(String remark) {
      notes.add(remark);
    }
  }

  private final class Staging extends Incoming implements StagingContext {}

  private final class Retrieving extends Incoming implements IncomingContext {
    @Override
    public <S> Optional<S> staged(Class<S> type) {
      return type.isInstance(staged) ? Optional.of(type.cast(staged)) : Optional.empty();
    }

    @Override
    public boolean changedSinceStaging() {
      return true;
    }

    @Override
    public Restored retrieve(Token other) throws LuoException {
      throw new NoSuchTokenException("this session has one file", other);
    }

    @Override
    public <A> Optional<A> attachment(Class<A> type) {
      return Optional.empty();
    }

    @Override
    public <T> T shared(FileLifecycleBound<T> flb) throws LuoException {
      throw new LuoException("no shared state", Errno.ENOENT, Recovery.FIX_ARGUMENTS);
    }
  }

  private final class Verifying extends Incoming implements RestoredContext {
    private final Restored restored;

    Verifying(Restored restored) {
      this.restored = restored;
    }

    @Override
    public Restored restored() {
      return restored;
    }

    @Override
    public Retrieval retrievalOf(Token other) throws LuoException {
      throw new NoSuchTokenException("this session has one file", other);
    }

    @Override
    public <T> Optional<T> shared(FileLifecycleBound<T> flb) {
      return Optional.empty();
    }
  }

  private final class Finishing extends Incoming implements FinishContext {
    @Override
    public Retrieval retrieval() {
      return new Retrieval.NotAttempted();
    }

    @Override
    public Retrieval retrievalOf(Token other) throws LuoException {
      throw new NoSuchTokenException("this session has one file", other);
    }

    @Override
    public <T> Optional<T> shared(FileLifecycleBound<T> flb) {
      return Optional.empty();
    }
  }
}
