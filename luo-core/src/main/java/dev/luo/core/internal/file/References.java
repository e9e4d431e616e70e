// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.file;

import dev.luo.spi.Token;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Which files of a session hang together. */
public final class References {

  private References() {}

  /** Returns the file and all that cannot be rebuilt without it, oldest first. */
  public static List<OutgoingFile<?>> withDependents(OutgoingFile<?> file, Siblings siblings) {
    List<OutgoingFile<?>> found =
        new ArrayList<>(closure(file, siblings, OutgoingFile::dependents));
    found.sort(Comparator.comparingLong(each -> each.number));
    return found;
  }

  /** Returns the file and all that it cannot be rebuilt without. */
  public static Set<OutgoingFile<?>> withWhatItNeeds(OutgoingFile<?> file, Siblings siblings) {
    return closure(file, siblings, OutgoingFile::refersTo);
  }

  private static Set<OutgoingFile<?>> closure(
      OutgoingFile<?> file, Siblings siblings, Function<OutgoingFile<?>, Set<Token>> next) {
    Set<OutgoingFile<?>> found = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<OutgoingFile<?>> open = new ArrayDeque<>();
    open.push(file);
    while (!open.isEmpty()) {
      OutgoingFile<?> one = open.pop();
      if (found.add(one)) {
        next.apply(one).forEach(token -> siblings.file(token).ifPresent(open::push));
      }
    }
    return found;
  }
}
