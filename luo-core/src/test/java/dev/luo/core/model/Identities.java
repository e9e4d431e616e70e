// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.model;

import java.util.IdentityHashMap;

/** LUO-FIL-09 to LUO-FIL-15: what is in the orchestrator's hands, over all sessions. */
final class Identities {

  /**
   * One of them.
   *
   * @param opening which open file of the thing
   * @param whole whether every opening of the thing counts as the same
   */
  record Entry(int thing, int opening, boolean whole) {

    boolean isSameAs(Entry other) {
      return thing == other.thing && (whole || other.whole || opening == other.opening);
    }
  }

  /** By the file that stands for it, compared by identity. */
  private final IdentityHashMap<Object, Entry> entries = new IdentityHashMap<>();

  /** Claims, whatever the predecessor of the file has entered (LUO-SER-18). */
  void claim(Object file, Entry entry, Object predecessor) {
    boolean taken =
        entries.entrySet().stream()
            .anyMatch(
                other -> !other.getKey().equals(predecessor) && entry.isSameAs(other.getValue()));
    if (taken) {
      throw new Refusal("AlreadyPreservedException", "EBUSY");
    }
    entries.put(file, entry);
  }

  /** LUO-FIL-42: what was retrieved is entered whatever is there. */
  void add(Object file, Entry entry) {
    entries.put(file, entry);
  }

  void release(Object file) {
    entries.remove(file);
  }
}
