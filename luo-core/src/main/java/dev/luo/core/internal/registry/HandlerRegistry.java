// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.registry;

import dev.luo.core.DuplicateHandlerException;
import dev.luo.core.InvalidHandlerException;
import dev.luo.linux.Errno;
import dev.luo.spi.Compatible;
import dev.luo.spi.FileHandler;
import dev.luo.spi.FileLifecycleBound;
import dev.luo.spi.LuoException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The handlers of one luo. Thread-safe; handlers are added and never removed. */
public final class HandlerRegistry {

  /** How many FLBs fit the one page that the ABI has for them (LUO-FLB-07). */
  public static final int MAX_FLBS = 63;

  /** Replaced as a whole, so that a refused registration leaves nothing behind. */
  private volatile Tables tables = new Tables();

  /**
   * Registers handlers in that order.
   *
   * @throws DuplicateHandlerException if a string would lead to two of them
   * @throws InvalidHandlerException if one cannot describe itself, or there are too many FLBs
   */
  public HandlerRegistry(List<? extends FileHandler<?>> handlers) throws LuoException {
    for (FileHandler<?> handler : handlers) {
      register(handler);
    }
  }

  /**
   * Registers one more, to be asked last (LUO-REG-05).
   *
   * @throws DuplicateHandlerException if a string would lead to two handlers; the first stays
   * @throws InvalidHandlerException if it cannot describe itself, or there are too many FLBs
   */
  public synchronized void register(FileHandler<?> handler) throws LuoException {
    RegisteredHandler<?> registered;
    try {
      registered = RegisteredHandler.describe(handler);
    } catch (RuntimeException e) {
      throw new InvalidHandlerException(
          handler.getClass().getName(), String.valueOf(e.getMessage()), Errno.EINVAL, e);
    }
    Tables next = new Tables(tables);
    next.add(registered);
    tables = next;
  }

  /** Returns the first handler that takes a file; empty if none does. */
  public Optional<RegisteredHandler<?>> preserving(Predicate<RegisteredHandler<?>> takes) {
    for (RegisteredHandler<?> registered : tables.inOrder) {
      if (takes.test(registered)) {
        return Optional.of(registered);
      }
    }
    return Optional.empty();
  }

  /** Returns the handler that understands the record; empty if none does. */
  public Optional<RegisteredHandler<?>> accepting(Compatible compatible) {
    return Optional.ofNullable(tables.byAccepted.get(compatible));
  }

  /** Lists every FLB that some handler here depends on, in the order of registration. */
  public List<FileLifecycleBound<?>> flbs() {
    return Collections.unmodifiableList(tables.flbs);
  }

  /** Lists every string that some handler or FLB here accepts. */
  public SortedSet<Compatible> accepted() {
    Tables now = tables;
    SortedSet<Compatible> all = new TreeSet<>(now.byAccepted.keySet());
    all.addAll(now.flbsByString.keySet());
    return all;
  }

  /** Who is responsible for what. Not changed after it was published. */
  private static final class Tables {
    private final List<RegisteredHandler<?>> inOrder;
    private final Map<Compatible, RegisteredHandler<?>> byAccepted;
    private final List<FileLifecycleBound<?>> flbs;

    /** By the string it writes and those it accepts. */
    private final Map<Compatible, FileLifecycleBound<?>> flbsByString;

    Tables() {
      inOrder = new ArrayList<>();
      byAccepted = new HashMap<>();
      flbs = new ArrayList<>();
      flbsByString = new HashMap<>();
    }

    Tables(Tables other) {
      inOrder = new ArrayList<>(other.inOrder);
      byAccepted = new HashMap<>(other.byAccepted);
      flbs = new ArrayList<>(other.flbs);
      flbsByString = new HashMap<>(other.flbsByString);
    }

    void add(RegisteredHandler<?> registered) throws LuoException {
      for (Compatible accepted : registered.accepts()) {
        RegisteredHandler<?> first = byAccepted.putIfAbsent(accepted, registered);
        if (first != null) {
          throw new DuplicateHandlerException(accepted, first.name(), registered.name());
        }
      }
      // Handlers that share a state name one and the same object, whatever its equals says.
      Set<FileLifecycleBound<?>> named = Collections.newSetFromMap(new IdentityHashMap<>());
      Set<FileLifecycleBound<?>> known = Collections.newSetFromMap(new IdentityHashMap<>());
      known.addAll(flbs);
      for (FileLifecycleBound<?> flb : registered.dependencies()) {
        if (!named.add(flb)) {
          throw new InvalidHandlerException(
              registered.name(),
              "it depends on " + flb.compatible() + " twice",
              Errno.EEXIST,
              null);
        }
        if (known.add(flb)) {
          add(flb, registered);
        }
      }
      inOrder.add(registered);
    }

    /** Looks at the room before the string (LUO-FLB-08). */
    private void add(FileLifecycleBound<?> flb, RegisteredHandler<?> user) throws LuoException {
      if (flbs.size() == MAX_FLBS) {
        throw new InvalidHandlerException(
            user.name(),
            "it depends on " + flb.compatible() + ", the FLB after the " + MAX_FLBS + "th",
            Errno.ENOSPC,
            null);
      }
      Set<Compatible> strings = new TreeSet<>(flb.accepts());
      strings.add(flb.compatible());
      for (Compatible string : strings) {
        FileLifecycleBound<?> other = flbsByString.putIfAbsent(string, flb);
        if (other != null) {
          throw new DuplicateHandlerException(
              string, other.getClass().getName(), flb.getClass().getName());
        }
      }
      flbs.add(flb);
    }
  }
}
