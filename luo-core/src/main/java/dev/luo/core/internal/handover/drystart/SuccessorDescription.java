// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover.drystart;

import dev.luo.spi.Compatible;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a program says about itself when it is asked whether it could take over.
 *
 * @param protocol the version of the exec crossing that it speaks
 * @param javaVersion the JVM that runs it, for people
 * @param imageAbis the forms of the handover image that it reads, such as {@code luo-v5}
 * @param accepts the compatible strings of the records that its handlers understand
 * @param limits what it can take at most, by name, such as {@code sessions}; a name that is not
 *     there is not limited
 * @param program the program's own version, for people; empty if it says none
 */
public record SuccessorDescription(
    int protocol,
    String javaVersion,
    Set<String> imageAbis,
    Set<Compatible> accepts,
    Map<String, Long> limits,
    Optional<String> program) {

  /** The limit on descriptors that are open at once. */
  public static final String DESCRIPTORS = "descriptors";

  /** The version of the exec crossing that is spoken here. */
  public static final int PROTOCOL = 1;

  /** Copies what can change. */
  public SuccessorDescription {
    imageAbis = Set.copyOf(imageAbis);
    accepts = Set.copyOf(accepts);
    limits = Map.copyOf(limits);
  }

  /** Describes this JVM, with what only the orchestrator knows. */
  public static SuccessorDescription ofThisProcess(
      Collection<String> imageAbis,
      Collection<Compatible> accepts,
      Map<String, Long> limits,
      Optional<String> program) {
    Map<String, Long> all = new TreeMap<>(limits);
    OpenFilesLimit.ofThisProcess().ifPresent(limit -> all.put(DESCRIPTORS, limit));
    return new SuccessorDescription(
        PROTOCOL,
        Runtime.version().toString(),
        new TreeSet<>(imageAbis),
        new TreeSet<>(accepts),
        all,
        program);
  }
}
