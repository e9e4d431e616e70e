// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover.drystart;

import dev.luo.spi.Compatible;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the files that are to cross demand of a successor.
 *
 * @param imageAbi the form in which the image will be written
 * @param compatibleStrings the compatible strings of all records in use
 * @param counts how many of each limited thing there are, by the names of {@link
 *     SuccessorDescription#limits()}
 */
public record Demands(
    String imageAbi, Set<Compatible> compatibleStrings, Map<String, Long> counts) {

  /** Copies what can change. */
  public Demands {
    compatibleStrings = Set.copyOf(compatibleStrings);
    counts = Map.copyOf(counts);
  }

  /** Lists, for people, what a program lacks; empty if it could take over. */
  List<String> missingFrom(SuccessorDescription offered) {
    List<String> missing = new ArrayList<>();
    if (offered.protocol() != SuccessorDescription.PROTOCOL) {
      missing.add(
          "version "
              + SuccessorDescription.PROTOCOL
              + " of the exec crossing (it speaks version "
              + offered.protocol()
              + ")");
    }
    if (!offered.imageAbis().contains(imageAbi)) {
      missing.add(
          "a reader of images of form "
              + imageAbi
              + " (it reads "
              + new TreeSet<>(offered.imageAbis())
              + ")");
    }
    for (Compatible compatible : new TreeSet<>(compatibleStrings)) {
      if (!offered.accepts().contains(compatible)) {
        missing.add("a handler that accepts " + compatible);
      }
    }
    new TreeMap<>(counts)
        .forEach((name, count) -> {
          Long limit = offered.limits().get(name);
          if (limit != null && limit < count) {
            missing.add("room for " + count + " " + name + " (it takes " + limit + ")");
          }
        });
    return missing;
  }
}
