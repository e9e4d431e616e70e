// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.registry;

import dev.luo.core.internal.conduct.Conduct;
import dev.luo.spi.Compatible;
import dev.luo.spi.FileHandler;
import dev.luo.spi.FileLifecycleBound;
import dev.luo.spi.IdentityScope;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a handler said of itself when it was registered; it is not asked again.
 *
 * @param name for messages: the class
 * @param dependencies by format, each in the order in which they are preserved
 */
record HandlerDescription(
    String name,
    Compatible compatible,
    Set<Compatible> accepts,
    Set<Compatible> writes,
    Map<Compatible, List<FileLifecycleBound<?>>> dependencies,
    IdentityScope identityScope) {

  /**
   * Asks the handler.
   *
   * @throws IllegalArgumentException if it contradicts itself
   */
  static HandlerDescription of(FileHandler<?> handler, Conduct conduct) {
    String name = handler.getClass().getName();
    Compatible compatible = handler.compatible();
    Set<Compatible> accepts = Set.copyOf(handler.accepts());
    Set<Compatible> writes = Set.copyOf(handler.writes());
    requireMember(compatible, accepts, "accept");
    requireMember(compatible, writes, "write");
    return new HandlerDescription(
        name,
        compatible,
        conduct.matchesWhatIsAccepted() ? accepts : Set.of(compatible),
        writes,
        dependencies(handler, compatible, accepts, writes),
        handler.identityScope());
  }

  /** Returns which of the formats that it can write is asked for: the first that is wanted. */
  Compatible format(List<Compatible> wanted) {
    return wanted.stream().filter(writes::contains).findFirst().orElse(compatible);
  }

  private static void requireMember(Compatible own, Set<Compatible> formats, String verb) {
    if (!formats.contains(own)) {
      throw new IllegalArgumentException(
          "its format is " + own + ", and it does not " + verb + " it");
    }
  }

  private static Map<Compatible, List<FileLifecycleBound<?>>> dependencies(
      FileHandler<?> handler,
      Compatible compatible,
      Set<Compatible> accepts,
      Set<Compatible> writes) {
    List<FileLifecycleBound<?>> all = List.copyOf(handler.dependencies());
    Set<FileLifecycleBound<?>> known = Collections.newSetFromMap(new IdentityHashMap<>());
    known.addAll(all);
    Set<Compatible> older = new HashSet<>(accepts);
    older.addAll(writes);
    older.remove(compatible);
    Map<Compatible, List<FileLifecycleBound<?>>> byFormat = new HashMap<>();
    byFormat.put(compatible, all);
    for (Compatible format : older) {
      List<FileLifecycleBound<?>> some = List.copyOf(handler.dependencies(format));
      for (FileLifecycleBound<?> flb : some) {
        if (!known.contains(flb)) {
          throw new IllegalArgumentException(
              "its format " + format + " depends on " + flb.compatible() + ", and it does not");
        }
      }
      byFormat.put(format, some);
    }
    return byFormat;
  }
}
