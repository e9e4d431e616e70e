// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi.paper;

import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.LinuxException;
import dev.luo.spi.Boundary;
import dev.luo.spi.CannotCarryException;
import dev.luo.spi.Compatible;
import dev.luo.spi.Crossing;
import dev.luo.spi.Deadline;
import dev.luo.spi.FileHandler;
import dev.luo.spi.FileLifecycleBound;
import dev.luo.spi.FreezeContext;
import dev.luo.spi.Handle;
import dev.luo.spi.HandlerException;
import dev.luo.spi.HandoverMemory;
import dev.luo.spi.LuoException;
import dev.luo.spi.NoSuchTokenException;
import dev.luo.spi.Origin;
import dev.luo.spi.Preserved;
import dev.luo.spi.Recovery;
import dev.luo.spi.Slot;
import dev.luo.spi.ThawCause;
import dev.luo.spi.Token;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The smallest predecessor that lets a handler be walked through: one session, no FLBs, no threads.
 * It is no second luo: order and roll-back over several files are the test's business.
 */
final class Predecessor implements AutoCloseable {

  private static final String SESSION = "paper";

  private final BiPredicate<Crossing, Fd> takes;
  private final Set<Crossing> crossings;
  private final Arena arena = Arena.ofShared();
  private final Map<Token, File<?>> files = new LinkedHashMap<>();
  private int lastSlot;

  /** Creates one whose kernel takes memfds and nothing else. */
  Predecessor(Crossing... crossings) {
    this(Predecessor::takes, crossings);
  }

  /** Creates one whose crossings take what the predicate says. */
  Predecessor(BiPredicate<Crossing, Fd> takes, Crossing... crossings) {
    this.takes = takes;
    this.crossings = Set.of(crossings);
  }

  private static boolean takes(Crossing crossing, Fd fd) {
    return crossing != Crossing.KERNEL || new MemfdHandler().canPreserve(fd);
  }

  /** Preserves a file; what it took is given back if its handler refuses. */
  <R extends @Nullable Object> File<R> preserve(
      FileHandler<R> handler, Token token, Fd fd, Object... attachments) throws LuoException {
    File<R> file = new File<>(handler, token, fd, List.of(attachments));
    try {
      file.preserve();
    } catch (LuoException | RuntimeException refused) {
      file.release();
      throw refused;
    }
    files.put(token, file);
    return file;
  }

  /** Freezes all files, oldest first. */
  void freezeAll(Crossing crossing) throws LuoException {
    for (File<?> file : files.values()) {
      file.freeze(crossing);
    }
  }

  /** Copies what is there, frozen or not, as if this process ended now. */
  Handover handOver(Crossing crossing, Origin origin) throws IOException {
    Map<Token, Handover.Entry> entries = new TreeMap<>();
    for (File<?> file : files.values()) {
      Map<Slot, Fd> arrived = new TreeMap<>();
      for (Map.Entry<Slot, Fd> carried : file.slots.entrySet()) {
        Fd fd = carried.getValue();
        if (takes.test(crossing, fd)) {
          boolean same = crossing.boundary() == Boundary.PROCESS;
          arrived.put(carried.getKey(), same ? fd.duplicate() : KernelCrossing.cross(fd));
        }
      }
      entries.put(
          file.token,
          new Handover.Entry(
              file.handler.compatible(),
              file.handle(),
              file.memory.copy(),
              Set.copyOf(file.slots.keySet()),
              arrived));
    }
    return new Handover(crossing.boundary(), origin, entries);
  }

  @Override
  public void close() {
    List<File<?>> newestFirst = new ArrayList<>(files.values()).reversed();
    newestFirst.forEach(File::unpreserve);
    arena.close();
  }

  private static LuoException failure(IOException failure) {
    Errno errno = failure instanceof LinuxException linux ? linux.errno() : Errno.EIO;
    return new HandlerException(
        String.valueOf(failure.getMessage()), errno, Recovery.ABORT_UPDATE, failure);
  }

  /** A file, and its handler's view of it. */
  final class File<R extends @Nullable Object> implements FreezeContext<R> {

    private final FileHandler<R> handler;
    private final Token token;
    private final Fd own;
    private final List<Object> attachments;
    private final PaperMemory memory = new PaperMemory(arena, 16 << 20);
    private final Map<Slot, Fd> slots = new TreeMap<>();
    private final List<Token> references = new ArrayList<>();
    private @Nullable Preserved<R> preserved;
    private Handle handle = Handle.NONE;
    private @Nullable Crossing crossing;
    private final List<String> notes = new ArrayList<>();

    private File(FileHandler<R> handler, Token token, Fd file, List<Object> attachments)
        throws LuoException {
      this.handler = handler;
      this.token = token;
      this.attachments = attachments;
      try {
        this.own = file.duplicate();
      } catch (LinuxException noDescriptor) {
        throw failure(noDescriptor);
      }
    }

    private void preserve() throws LuoException {
      try {
        preserved = handler.preserve(this);
        handle = preserved.handle();
      } catch (IOException refused) {
        throw failure(refused);
      }
    }

    /** Freezes it; what a freeze that fails took is given back. */
    void freeze(Crossing way) throws LuoException {
      Set<Handle> handlesBefore = memory.handles();
      Set<Slot> slotsBefore = Set.copyOf(slots.keySet());
      crossing = way;
      boolean frozen = false;
      try {
        handle = handler.freeze(this);
        frozen = true;
      } catch (IOException refused) {
        throw failure(refused);
      } finally {
        crossing = null;
        if (!frozen) {
          memory.keep(handlesBefore);
          Set.copyOf(slots.keySet()).stream()
              .filter(s -> !slotsBefore.contains(s))
              .forEach(this::drop);
        }
      }
    }

    void unfreeze(ThawCause cause) {
      handler.unfreeze(this, cause);
    }

    /** Unpreserves it, once. */
    void unpreserve() {
      if (preserved != null) {
        handler.unpreserve(this);
        preserved = null;
        release();
      }
    }

    private void release() {
      slots.values().forEach(Fd::close);
      slots.clear();
      memory.keep(Set.of());
      own.close();
    }

    PaperMemory paper() {
      return memory;
    }

    Map<Slot, Fd> slots() {
      return slots;
    }

    List<Token> references() {
      return references;
    }

    List<String> notes() {
      return notes;
    }

    @Override
    public String session() {
      return SESSION;
    }

    @Override
    public Token token() {
      return token;
    }

    @Override
    public Fd file() {
      return own.lend();
    }

    @Override
    public Compatible compatible() {
      return handler.compatible();
    }

    @Override
    public HandoverMemory memory() {
      return memory;
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
      if (crossing == null) {
        throw new IllegalStateException("not while token " + token + " is being frozen");
      }
      return crossing;
    }

    @Override
    public void note(String remark) {
      notes.add(remark);
    }

    @Override
    public Slot carry(Fd fd) throws LuoException {
      for (Crossing declared : crossings) {
        if (!takes.test(declared, fd)) {
          throw new CannotCarryException(
              declared + " cannot take " + fd.describe(), declared, Errno.ENOENT, null);
        }
      }
      return keep(fd);
    }

    @Override
    public Optional<Slot> tryCarry(Fd fd) throws LuoException {
      boolean taken = crossings.stream().anyMatch(declared -> takes.test(declared, fd));
      return taken ? Optional.of(keep(fd)) : Optional.empty();
    }

    private Slot keep(Fd fd) throws LuoException {
      try {
        Slot slot = new Slot(++lastSlot);
        slots.put(slot, fd.duplicate());
        return slot;
      } catch (LinuxException noDescriptor) {
        throw failure(noDescriptor);
      }
    }

    @Override
    public void drop(Slot slot) {
      Fd carried = slots.remove(slot);
      if (carried == null) {
        throw new IllegalArgumentException("no slot of this file: " + slot);
      }
      carried.close();
    }

    @Override
    public Optional<Token> tokenOf(Fd fd) throws LuoException {
      try {
        for (File<?> other : files.values()) {
          if (other.own.sameFile(fd)) {
            return Optional.of(other.token);
          }
        }
        return Optional.empty();
      } catch (LinuxException notComparable) {
        throw failure(notComparable);
      }
    }

    @Override
    public Token refer(Fd other) throws LuoException {
      Token found =
          tokenOf(other)
              .orElseThrow(
                  () -> new NoSuchTokenException("not preserved here: " + other.describe(), null));
      references.add(found);
      return found;
    }

    @Override
    public Fd refer(Token other) throws LuoException {
      File<?> file = files.get(other);
      if (file == null) {
        throw new NoSuchTokenException("no file under token " + other, other);
      }
      references.add(other);
      return file.file();
    }

    @Override
    public <A> Optional<A> attachment(Class<A> type) {
      return attachments.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    @Override
    public <T> T shared(FileLifecycleBound<T> flb) {
      throw new IllegalArgumentException("no shared state here: " + flb.compatible());
    }

    @Override
    public Handle handle() {
      return handle;
    }

    @Override
    public R runtime() {
      if (preserved == null) {
        throw new IllegalStateException("not preserved: token " + token);
      }
      return preserved.runtime();
    }
  }
}
