// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.registry;

import dev.luo.core.DuplicateHandlerException;
import dev.luo.core.InvalidHandlerException;
import dev.luo.linux.Fd;
import dev.luo.spi.Compatible;
import dev.luo.spi.FileHandler;
import dev.luo.spi.FileLifecycleBound;
import dev.luo.spi.LuoException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** The handlers of one luo. Thread-safe; handlers are added and never removed. */
public final class HandlerRegistry {

  /** How many FLBs fit the one page that the ABI has for them (LUO-FLB-07). */
  public static final int MAX_FLBS = 63;

  private static final Logger LOG = System.getLogger("dev.luo.core");

  private final List<RegisteredHandler<?>> inOrder = new ArrayList<>();
  private final Map<Compatible, RegisteredHandler<?>> byAccepted = new LinkedHashMap<>();

  /** Handlers that share a state name one and the same object, whatever its equals says. */
  private final Set<FileLifecycleBound<?>> known =
      Collections.newSetFromMap(new IdentityHashMap<>());

  private final Map<Compatible, FileLifecycleBound<?>> flbs = new LinkedHashMap<>();
  private final Map<Compatible, FileLifecycleBound<?>> flbsByAccepted = new LinkedHashMap<>();

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
      throw new InvalidHandlerException(handler.getClass().getName(), e);
    }
    for (Compatible accepted : registered.accepts()) {
      RegisteredHandler<?> first = byAccepted.putIfAbsent(accepted, registered);
      if (first != null) {
        throw new DuplicateHandlerException(accepted, first.name(), registered.name());
      }
    }
    for (FileLifecycleBound<?> flb : registered.dependencies()) {
      register(flb, registered);
    }
    inOrder.add(registered);
  }

  private void register(FileLifecycleBound<?> flb, RegisteredHandler<?> user) throws LuoException {
    if (known.contains(flb)) {
      return;
    }
    if (flbs.size() == MAX_FLBS) {
      throw new InvalidHandlerException(
          user.name(),
          new IllegalArgumentException(
              "it depends on " + flb.compatible() + ", the FLB after the " + MAX_FLBS + "th"));
    }
    FileLifecycleBound<?> first = flbs.putIfAbsent(flb.compatible(), flb);
    if (first != null) {
      throw new DuplicateHandlerException(
          flb.compatible(), first.getClass().getName(), flb.getClass().getName());
    }
    known.add(flb);
    for (Compatible accepted : flb.accepts()) {
      FileLifecycleBound<?> other = flbsByAccepted.putIfAbsent(accepted, flb);
      if (other != null) {
        throw new DuplicateHandlerException(
            accepted, other.getClass().getName(), flb.getClass().getName());
      }
    }
  }

  /** Returns the first handler that takes the file; empty if none does. */
  public Optional<RegisteredHandler<?>> preserving(Fd file) {
    for (RegisteredHandler<?> registered : handlers()) {
      if (takes(registered, file)) {
        return Optional.of(registered);
      }
    }
    return Optional.empty();
  }

  private synchronized List<RegisteredHandler<?>> handlers() {
    return List.copyOf(inOrder);
  }

  /** A handler that throws instead of answering must not keep the file from the next one. */
  private static boolean takes(RegisteredHandler<?> registered, Fd file) {
    try (Fd lent = file.lend()) {
      return registered.handler().canPreserve(lent);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "bug in " + registered.name() + ", at canPreserve", e);
      return false;
    }
  }

  /** Returns the handler that understands the record; empty if none does. */
  public synchronized Optional<RegisteredHandler<?>> accepting(Compatible compatible) {
    return Optional.ofNullable(byAccepted.get(compatible));
  }

  /** Returns the FLB that understands the record; empty if none does. */
  public synchronized Optional<FileLifecycleBound<?>> acceptingFlb(Compatible compatible) {
    return Optional.ofNullable(flbsByAccepted.get(compatible));
  }

  /** Lists every FLB that some handler here depends on, in the order of registration. */
  public synchronized List<FileLifecycleBound<?>> flbs() {
    return List.copyOf(flbs.values());
  }

  /** Lists every string that some handler or FLB here accepts. */
  public synchronized SortedSet<Compatible> accepted() {
    SortedSet<Compatible> all = new TreeSet<>(byAccepted.keySet());
    all.addAll(flbsByAccepted.keySet());
    return all;
  }
}
