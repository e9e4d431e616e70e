// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.architecture.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Each rule of the specification has a test that names it, or an entry in {@code docs/ledger.md}
 * that says why not; each test names rules that there are. Prints the coverage and writes which
 * test shows which rule to {@code target/ledger.txt}.
 */
class LedgerTest {
  private static final Path RESULT = Path.of("target", "ledger.txt");

  @Test
  void rules_areTestedOrExcused() throws IOException {
    Ledger ledger =
        new Ledger(
            Rule.readFrom(Documents.specification()),
            TestMethod.readFrom(CompiledTests.ofAllModules()),
            LedgerEntry.readFrom(Documents.ledger()));
    Files.createDirectories(RESULT.toAbsolutePath().getParent());
    Files.writeString(RESULT, ledger.coverage() + System.lineSeparator() + ledger.details());
    System.out.print(ledger.coverage());

    assertThat(ledger.findings()).as("see docs/ledger.md and %s", RESULT).isEmpty();
  }

  @Test
  void rules_areAsManyAsTheSpecificationSays() throws IOException {
    List<Rule> rules = Rule.readFrom(Documents.specification());
    Map<String, Integer> counts = new LinkedHashMap<>();
    rules.forEach(rule -> counts.merge(rule.group(), 1, Integer::sum));
    List<String> counted = new ArrayList<>();
    counts.forEach((group, count) -> counted.add(group + " " + count));

    assertThat(counted)
        .containsExactlyInAnyOrderElementsOf(Rule.countsIn(Documents.specification()));
    assertThat(rules).extracting(Rule::id).doesNotHaveDuplicates();
  }
}
