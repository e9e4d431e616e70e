// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.registry;

import dev.luo.core.DuplicateHandlerException;
import dev.luo.core.HandlerInUseException;
import dev.luo.core.InvalidHandlerException;
import dev.luo.core.NoHandlerException;
import dev.luo.core.Options;
import dev.luo.core.internal.conduct.Conduct;
import dev.luo.linux.Errno;
import dev.luo.spi.Compatible;
import dev.luo.spi.Deadline;
import dev.luo.spi.FileHandler;
import dev.luo.spi.FileLifecycleBound;
import dev.luo.spi.LuoException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The handlers of one luo. Thread-safe. */
public final class HandlerRegistry {

  /** How many FLBs fit the one page that the ABI has for them (LUO-FLB-07). */
  public static final int MAX_FLBS = 63;

  private static final Logger LOG = System.getLogger("dev.luo.core");

  /** Knows the files that came. */
  @FunctionalInterface
  public interface ArrivedFiles {
    /** Counts those of unfinished sessions whose records are of these formats. */
    long unfinished(Set<Compatible> formats);
  }

  private final Options options;

  /** Replaced as a whole, so that a refused registration leaves nothing behind. */
  private volatile HandlerTables tables;

  /**
   * Registers handlers in that order.
   *
   * @throws DuplicateHandlerException if a string would lead to two of them
   * @throws InvalidHandlerException if one contradicts itself, or there are too many FLBs
   * @throws NoHandlerException if none of them writes a format that is wanted
   */
  public HandlerRegistry(List<? extends FileHandler<?>> handlers, Options options)
      throws LuoException {
    this.options = options;
    HandlerTables first = new HandlerTables();
    for (FileHandler<?> handler : handlers) {
      first.add(describe(handler));
    }
    for (Compatible wanted : options.writing()) {
      requireWriter(wanted, first.inOrder());
    }
    this.tables = first;
  }

  private RegisteredHandler<?> describe(FileHandler<?> handler) throws InvalidHandlerException {
    try {
      return RegisteredHandler.describe(handler, options);
    } catch (RuntimeException e) {
      throw new InvalidHandlerException(
          handler.getClass().getName(), String.valueOf(e.getMessage()), Errno.EINVAL, e);
    }
  }

  private static void requireWriter(Compatible wanted, List<RegisteredHandler<?>> handlers)
      throws NoHandlerException {
    SortedSet<Compatible> written = new TreeSet<>();
    for (RegisteredHandler<?> handler : handlers) {
      written.addAll(handler.writes());
    }
    if (!written.contains(wanted)) {
      throw NoHandlerException.forFormat(wanted, written);
    }
  }

  /**
   * Registers one more, to be asked last (LUO-REG-05).
   *
   * @throws DuplicateHandlerException if a string would lead to two handlers; the first stays
   * @throws InvalidHandlerException if it contradicts itself, or there are too many FLBs
   */
  public synchronized void register(FileHandler<?> handler) throws LuoException {
    HandlerTables next = new HandlerTables(tables);
    next.add(describe(handler));
    tables = next;
  }

  /**
   * Takes a handler out of searches, and detaches its FLBs (LUO-REG-08). One that is not registered
   * is met with a warning only (LUO-FLB-09).
   *
   * @throws HandlerInUseException if files need it (LUO-REG-10)
   */
  public synchronized void unregister(FileHandler<?> handler, ArrivedFiles arrived)
      throws HandlerInUseException {
    RegisteredHandler<?> registered = registered(handler);
    if (registered == null) {
      LOG.log(
          Level.WARNING, "not registered, so nothing is detached: " + handler.getClass().getName());
      return;
    }
    boolean evenInUse = !Conduct.of(options).unregisterLooksForFiles();
    long unfinished = arrived.unfinished(registered.accepts());
    if ((unfinished > 0 && !evenInUse) || !registered.use().end(evenInUse)) {
      throw new HandlerInUseException(
          registered.compatible(), registered.use().preserved(), unfinished);
    }
    HandlerTables next = new HandlerTables(tables);
    next.remove(registered, unfinished > 0);
    tables = next;
  }

  /** The very object is meant, whatever its equals says. */
  @SuppressWarnings("ReferenceEquality")
  private @Nullable RegisteredHandler<?> registered(FileHandler<?> handler) {
    for (RegisteredHandler<?> registered : tables.inOrder()) {
      if (registered.handler() == handler) {
        return registered;
      }
    }
    return null;
  }

  /** Lists the handlers in the order in which they are asked. */
  List<RegisteredHandler<?>> all() {
    return tables.inOrder();
  }

  /** Returns the first handler that takes a file and is not switched off; empty if none does. */
  public Optional<RegisteredHandler<?>> preserving(Predicate<RegisteredHandler<?>> takes) {
    for (RegisteredHandler<?> registered : tables.inOrder()) {
      if (!registered.use().isSwitchedOff() && takes.test(registered)) {
        return Optional.of(registered);
      }
    }
    return Optional.empty();
  }

  /**
   * Returns how long a freeze that begins now is given at least, whichever the file.
   *
   * @param ofAll by when everything has to be frozen
   */
  public Duration shortestFreeze(Deadline ofAll) {
    Duration shortest = ofAll.remaining();
    for (RegisteredHandler<?> registered : tables.inOrder()) {
      Duration its = registered.freezeDeadline(ofAll).remaining();
      shortest = its.compareTo(shortest) < 0 ? its : shortest;
    }
    return shortest;
  }

  /** Returns the handler that understands the record; empty if none does. */
  public Optional<RegisteredHandler<?>> accepting(Compatible compatible) {
    return Optional.ofNullable(tables.accepting(compatible));
  }

  /** Lists every FLB that some handler here depends on, in the order of registration. */
  public List<FileLifecycleBound<?>> flbs() {
    return tables.flbs();
  }

  /** Lists every string that some handler or FLB here accepts. */
  public SortedSet<Compatible> accepted() {
    return new TreeSet<>(tables.accepted());
  }
}
