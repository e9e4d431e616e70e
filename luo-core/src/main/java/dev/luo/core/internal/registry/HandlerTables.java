// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.registry;

import dev.luo.core.DuplicateHandlerException;
import dev.luo.core.InvalidHandlerException;
import dev.luo.linux.Errno;
import dev.luo.spi.Compatible;
import dev.luo.spi.FileLifecycleBound;
import dev.luo.spi.LuoException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who is responsible for what. Not changed after it was published. */
final class HandlerTables {

  private final List<RegisteredHandler<?>> inOrder;
  private final Map<Compatible, RegisteredHandler<?>> byAccepted;

  /** Unregistered while records that came were unfinished: these keep the handler they have. */
  private final Map<Compatible, RegisteredHandler<?>> stillServing;

  private final List<FileLifecycleBound<?>> flbs;

  /** By the string it writes and those it accepts. */
  private final Map<Compatible, FileLifecycleBound<?>> flbsByString;

  HandlerTables() {
    inOrder = new ArrayList<>();
    byAccepted = new HashMap<>();
    stillServing = new HashMap<>();
    flbs = new ArrayList<>();
    flbsByString = new HashMap<>();
  }

  HandlerTables(HandlerTables other) {
    inOrder = new ArrayList<>(other.inOrder);
    byAccepted = new HashMap<>(other.byAccepted);
    stillServing = new HashMap<>(other.stillServing);
    flbs = new ArrayList<>(other.flbs);
    flbsByString = new HashMap<>(other.flbsByString);
  }

  List<RegisteredHandler<?>> inOrder() {
    return Collections.unmodifiableList(inOrder);
  }

  @Nullable RegisteredHandler<?> accepting(Compatible record) {
    RegisteredHandler<?> left = stillServing.get(record);
    return left != null ? left : byAccepted.get(record);
  }

  List<FileLifecycleBound<?>> flbs() {
    return Collections.unmodifiableList(flbs);
  }

  /** Lists every string that some handler or FLB accepts. */
  Collection<Compatible> accepted() {
    List<Compatible> all = new ArrayList<>(byAccepted.keySet());
    all.addAll(flbsByString.keySet());
    return all;
  }

  void add(RegisteredHandler<?> registered) throws LuoException {
    for (Compatible accepted : registered.accepts()) {
      RegisteredHandler<?> first = byAccepted.putIfAbsent(accepted, registered);
      if (first != null) {
        throw new DuplicateHandlerException(accepted, first.name(), registered.name());
      }
    }
    // Handlers that share a state name one and the same object, whatever its equals says.
    Set<FileLifecycleBound<?>> named = identitySet(List.of());
    Set<FileLifecycleBound<?>> known = identitySet(flbs);
    for (FileLifecycleBound<?> flb : registered.declared()) {
      if (!named.add(flb)) {
        throw new InvalidHandlerException(
            registered.name(), "it depends on " + flb.compatible() + " twice", Errno.EEXIST, null);
      }
      if (known.add(flb)) {
        add(flb, registered);
      }
    }
    inOrder.add(registered);
  }

  /** Looks at the room before the string (LUO-FLB-08). */
  private void add(FileLifecycleBound<?> flb, RegisteredHandler<?> user) throws LuoException {
    if (flbs.size() == HandlerRegistry.MAX_FLBS) {
      throw new InvalidHandlerException(
          user.name(),
          "it depends on "
              + flb.compatible()
              + ", the FLB after the "
              + HandlerRegistry.MAX_FLBS
              + "th",
          Errno.ENOSPC,
          null);
    }
    for (Compatible string : strings(flb)) {
      FileLifecycleBound<?> other = flbsByString.putIfAbsent(string, flb);
      if (other != null) {
        throw new DuplicateHandlerException(
            string, other.getClass().getName(), flb.getClass().getName());
      }
    }
    flbs.add(flb);
  }

  /**
   * Removes a handler, and those of its FLBs that no other one depends on (LUO-FLB-10).
   *
   * @param served whether records that came keep it
   */
  void remove(RegisteredHandler<?> registered, boolean served) {
    inOrder.remove(registered);
    for (Compatible accepted : registered.accepts()) {
      byAccepted.remove(accepted);
      if (served) {
        stillServing.putIfAbsent(accepted, registered);
      }
    }
    Set<FileLifecycleBound<?>> orphaned = identitySet(registered.declared());
    for (RegisteredHandler<?> other : inOrder) {
      other.declared().forEach(orphaned::remove);
    }
    flbs.removeIf(orphaned::contains);
    flbsByString.values().removeIf(orphaned::contains);
  }

  private static Set<Compatible> strings(FileLifecycleBound<?> flb) {
    Set<Compatible> strings = new TreeSet<>(flb.accepts());
    strings.add(flb.compatible());
    return strings;
  }

  private static Set<FileLifecycleBound<?>> identitySet(Collection<FileLifecycleBound<?>> of) {
    Set<FileLifecycleBound<?>> set = Collections.newSetFromMap(new IdentityHashMap<>());
    set.addAll(of);
    return set;
  }
}
