// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.architecture.ledger;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Rules, tests and what is said of rules without a test, held against each other in both
 * directions.
 */
final class Ledger {

  private final List<Rule> rules;
  private final List<TestMethod> tests;
  private final List<LedgerEntry> entries;
  private final Set<String> tested;
  private final Set<String> named;

  Ledger(List<Rule> rules, List<TestMethod> tests, List<LedgerEntry> entries) {
    this.rules = rules;
    this.tests = tests;
    this.entries = entries;
    tested =
        tests.stream()
            .filter(TestMethod::runs)
            .flatMap(test -> test.rules().stream())
            .collect(Collectors.toSet());
    named = entries.stream().flatMap(entry -> entry.rules().stream()).collect(Collectors.toSet());
  }

  /** Everything that is not as it has to be, a sentence each. */
  List<String> findings() {
    List<String> findings = new ArrayList<>();
    for (Rule rule : rules) {
      if (!tested.contains(rule.id()) && !isExcused(rule)) {
        findings.add(rule.id() + " has neither a test that names it nor an entry in the ledger");
      }
    }
    for (TestMethod test : tests) {
      if (!test.runs()) {
        findings.add(
            test.name() + " is named like a test of a rule, and the build does not run it");
      }
      for (String id : test.rules()) {
        if (rules.stream().noneMatch(rule -> rule.id().equals(id))) {
          findings.add(test.name() + " names " + id + ", which is no rule");
        }
      }
    }
    addFindingsOfEntries(findings);
    return findings;
  }

  private void addFindingsOfEntries(List<String> findings) {
    Set<String> seen = new HashSet<>();
    for (LedgerEntry entry : entries) {
      if (entry.reason().isEmpty()) {
        findings.add("the entry of " + String.join(", ", entry.rules()) + " gives no reason");
      }
      for (String name : entry.rules()) {
        if (!seen.add(name)) {
          findings.add(name + " has two entries");
        }
        List<Rule> meant = rules.stream().filter(rule -> isMeant(rule, name)).toList();
        if (meant.isEmpty()) {
          findings.add(name + " has an entry and is no rule");
        } else if (meant.stream().allMatch(rule -> tested.contains(rule.id()))) {
          findings.add(name + " has an entry, and is tested");
        }
      }
    }
  }

  private boolean isExcused(Rule rule) {
    return named.stream().anyMatch(name -> isMeant(rule, name));
  }

  private static boolean isMeant(Rule rule, String name) {
    return name.equals(rule.id())
        || name.equals(rule.group())
        || (name.equals(LedgerEntry.KERNEL_ONLY) && rule.kernelOnly());
  }

  /** A line a group: how many rules it has, and how many of them are tested, excused or open. */
  String coverage() {
    StringBuilder table = new StringBuilder();
    table.append(
        "%-8s %6s %7s %11s %5s%n".formatted("group", "rules", "tested", "in ledger", "open"));
    Set<String> groups =
        rules.stream().map(Rule::group).collect(Collectors.toCollection(LinkedHashSet::new));
    for (String group : groups) {
      append(table, group, rules.stream().filter(rule -> rule.group().equals(group)).toList());
    }
    append(table, "all", rules);
    return table.toString();
  }

  private void append(StringBuilder table, String name, List<Rule> some) {
    long shown = some.stream().filter(rule -> tested.contains(rule.id())).count();
    long excused =
        some.stream().filter(rule -> !tested.contains(rule.id()) && isExcused(rule)).count();
    table.append(
        "%-8s %6d %7d %11d %5d%n"
            .formatted(name, some.size(), shown, excused, some.size() - shown - excused));
  }

  /** Rule by rule the tests that name it, or the reason why there is none. */
  String details() {
    StringBuilder lines = new StringBuilder();
    for (Rule rule : rules) {
      lines.append(rule.id()).append(System.lineSeparator());
      for (String line : tested.contains(rule.id()) ? testsOf(rule) : reasonsOf(rule)) {
        lines.append("  ").append(line).append(System.lineSeparator());
      }
    }
    return lines.toString();
  }

  private SortedSet<String> testsOf(Rule rule) {
    return tests.stream()
        .filter(test -> test.runs() && test.rules().contains(rule.id()))
        .map(TestMethod::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private SortedSet<String> reasonsOf(Rule rule) {
    return entries.stream()
        .filter(entry -> entry.rules().stream().anyMatch(name -> isMeant(rule, name)))
        .map(entry -> "not tested: " + entry.reason())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
