// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.architecture.ledger;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Rules that no test of this version shows.
 *
 * @param rules ids of rules one by one, or a group such as {@code LUO-MFD}, or {@code kernel only}
 * @param reason why
 */
record LedgerEntry(List<String> rules, String reason) {

  static final String KERNEL_ONLY = "kernel only";

  private static final Pattern LINE = Pattern.compile("^\\| ((?:LUO-|kernel only).*?) \\|(.*)\\|$");
  private static final Pattern RANGE =
      Pattern.compile("(LUO-[A-Z]+)-(\\d+) to (LUO-[A-Z]+)-(\\d+)");

  static List<LedgerEntry> readFrom(List<String> ledger) {
    return ledger.stream()
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .map(line -> new LedgerEntry(rules(line.group(1)), line.group(2).strip()))
        .toList();
  }

  private static List<String> rules(String column) {
    return Stream.of(column.split(", ")).flatMap(LedgerEntry::expand).toList();
  }

  private static Stream<String> expand(String part) {
    Matcher range = RANGE.matcher(part);
    if (!range.matches() || !range.group(1).equals(range.group(3))) {
      return Stream.of(part);
    }
    return IntStream.rangeClosed(Integer.parseInt(range.group(2)), Integer.parseInt(range.group(4)))
        .mapToObj(number -> "%s-%02d".formatted(range.group(1), number));
  }

  /** Whether it speaks of many rules at once, of which a test may all the same show some. */
  static boolean isCollective(String name) {
    return name.equals(KERNEL_ONLY) || name.matches("LUO-[A-Z]+");
  }
}
