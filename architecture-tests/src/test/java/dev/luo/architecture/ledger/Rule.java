// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.architecture.ledger;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A rule of the specification.
 *
 * @param id such as {@code LUO-SES-07}
 * @param kernelOnly whether it can be seen on a real kernel alone
 */
record Rule(String id, boolean kernelOnly) {

  /** The pattern that the specification promises to tools. */
  private static final Pattern LINE = Pattern.compile("^\\| (LUO-[A-Z]+-\\d+) \\|.*");

  static List<Rule> readFrom(List<String> specification) {
    return specification.stream().flatMap(line -> read(line).stream()).toList();
  }

  private static Optional<Rule> read(String line) {
    Matcher rule = LINE.matcher(line);
    return rule.matches()
        ? Optional.of(new Rule(rule.group(1), line.endsWith("| kernel only |")))
        : Optional.empty();
  }

  /** The part of the id that the rules of one table have in common, such as {@code LUO-SES}. */
  String group() {
    return id.substring(0, id.lastIndexOf('-'));
  }

  /** What the specification says of how many rules a group has, in the same order. */
  static List<String> countsIn(List<String> specification) {
    Pattern count = Pattern.compile("^\\| (LUO-[A-Z]+) \\|.*?(\\d+)(\\*\\*)? \\|$");
    return specification.stream()
        .map(count::matcher)
        .flatMap(line ->
            line.matches() ? Stream.of(line.group(1) + " " + line.group(2)) : Stream.empty())
        .toList();
  }
}
