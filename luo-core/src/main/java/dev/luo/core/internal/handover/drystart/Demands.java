// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover.drystart;

import dev.luo.core.CheckReport.Verdict;
import dev.luo.spi.Compatible;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What the files that are to cross demand of a successor.
 *
 * @param imageAbi the form in which the image will be written
 * @param compatibleStrings the compatible strings of all records that must be understood
 * @param counts how many of each limited thing there are, by the names of {@link
 *     SuccessorDescription#limits()}
 */
public record Demands(
    String imageAbi, Set<Compatible> compatibleStrings, Map<String, Long> counts) {

  private static final Pattern VERSION = Pattern.compile("-v[0-9]+$");

  /** Copies what can change. */
  public Demands {
    compatibleStrings = Set.copyOf(compatibleStrings);
    counts = Map.copyOf(counts);
  }

  /**
   * What a program has for records of one format.
   *
   * @param why for people; empty if it reads them
   */
  public record Finding(Verdict verdict, String why) {}

  /** Finds out what a program has for records of a format. */
  public static Finding finding(Compatible format, SuccessorDescription offered) {
    if (offered.accepts().contains(format)) {
      return new Finding(Verdict.CROSSES, "");
    }
    List<Compatible> others =
        offered.accepts().stream()
            .filter(other -> family(other).equals(family(format)))
            .sorted()
            .toList();
    return others.isEmpty()
        ? new Finding(Verdict.NO_HANDLER, "a handler that accepts " + format)
        : new Finding(
            Verdict.UNREADABLE_FORMAT,
            "a handler that accepts " + format + " (it accepts " + others + ")");
  }

  /** What is left of a compatible string without its version. */
  private static String family(Compatible compatible) {
    return VERSION.matcher(compatible.value()).replaceFirst("");
  }

  /** Lists, for people, what a program lacks; empty if it could take over. */
  public List<String> missingFrom(SuccessorDescription offered) {
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
      Finding finding = finding(compatible, offered);
      if (finding.verdict() != Verdict.CROSSES) {
        missing.add(finding.why());
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
