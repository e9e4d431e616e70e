// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.architecture.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the ledger has to object to, and what not. */
class LedgerFindingsTest {

  private static final String SPECIFICATION =
      """
      | LUO-AAA | first things | 3 |
      | LUO-BBB | *second things* | **2** |
      | | *all* | **5** |

      | LUO-AAA-01 | Something MUST be. | – | both | `a.c` | same |
      | LUO-AAA-02 | Something else MUST be. | EBUSY | both | `a.c` | safe |
      | LUO-AAA-03 | LUO-AAA-02 MUST NOT be. | – | both | `a.c` | kernel only |
      | LUO-BBB-01 | Another thing MUST be. | – | 7.2 | `b.c` | same |
      | LUO-BBB-02 | One more MUST be. | – | 7.2 | `b.c` | same |
      """;

  private static final String LEDGER =
      """
      | rules | why no test shows them |
      |---|---|
      | kernel only | visible there alone |
      | LUO-BBB-01 to LUO-BBB-02 | another crossing |
      """;

  private static List<String> findings(String ledger, TestMethod... tests) {
    return new Ledger(
            Rule.readFrom(SPECIFICATION.lines().toList()),
            List.of(tests),
            LedgerEntry.readFrom(ledger.lines().toList()))
        .findings();
  }

  private static TestMethod test(String method) {
    return new TestMethod(method, TestMethod.rulesIn(method), true);
  }

  @Test
  void everyRuleTestedOrExcused_isFine() {
    assertThat(findings(LEDGER, test("aaa01_aaa02_somethingIs"))).isEmpty();
  }

  @Test
  void ruleWithoutTestAndEntry_isFound() {
    assertThat(findings(LEDGER, test("aaa01_somethingIs")))
        .containsExactly("LUO-AAA-02 has neither a test that names it nor an entry in the ledger");
  }

  @Test
  void entryOfATestedRule_isFound() {
    assertThat(findings(LEDGER, test("aaa01_aaa02_bbb02_somethingIs")))
        .containsExactly("LUO-BBB-02 has an entry, and is tested");
  }

  @Test
  void entryOfAGroup_isFoundOnceAllOfItIsTested() {
    String ledger = LEDGER.replace("LUO-BBB-01 to LUO-BBB-02", "LUO-BBB");

    assertThat(findings(ledger, test("aaa01_aaa02_bbb01_somethingIs"))).isEmpty();
    assertThat(findings(ledger, test("aaa01_aaa02_bbb01_bbb02_somethingIs")))
        .containsExactly("LUO-BBB has an entry, and is tested");
  }

  @Test
  void testOfAnUnknownRule_isFound() {
    assertThat(findings(LEDGER, test("aaa01_aaa02_aaa04_somethingIs")))
        .containsExactly("aaa01_aaa02_aaa04_somethingIs names LUO-AAA-04, which is no rule");
  }

  @ParameterizedTest
  @ValueSource(strings = {"| LUO-BBB-03 | typing error |", "| LUO-BBX | typing error |"})
  void entryOfAnUnknownRule_isFound(String line) {
    assertThat(findings(LEDGER + line, test("aaa01_aaa02_somethingIs")))
        .singleElement()
        .asString()
        .endsWith("has an entry and is no rule");
  }

  @Test
  void entryWithoutAReason_isFound() {
    assertThat(findings(LEDGER.replace("another crossing", ""), test("aaa01_aaa02_somethingIs")))
        .containsExactly("the entry of LUO-BBB-01, LUO-BBB-02 gives no reason");
  }

  @Test
  void twoEntriesOfARule_areFound() {
    assertThat(findings(LEDGER + "| LUO-BBB-02 | again |", test("aaa01_aaa02_somethingIs")))
        .containsExactly("LUO-BBB-02 has two entries");
  }

  @Test
  void testThatIsNotRun_isFoundAndShowsNothing() {
    List<TestMethod> tests =
        TestMethod.readFrom(
            new ClassFileImporter().importClasses(ExampleTest.class, ExampleTest.Inner.class));

    assertThat(findings(LEDGER, tests.toArray(TestMethod[]::new)))
        .containsExactlyInAnyOrder(
            "LUO-AAA-02 has neither a test that names it nor an entry in the ledger",
            "ExampleTest.aaa02_helper is named like a test of a rule, and the build does not run"
                + " it",
            "Inner.aaa02_disabled is named like a test of a rule, and the build does not run it");
  }

  @Test
  void coverage_countsEveryRuleOnce() {
    Ledger ledger =
        new Ledger(
            Rule.readFrom(SPECIFICATION.lines().toList()),
            List.of(test("aaa01_bbb01_somethingIs")),
            LedgerEntry.readFrom(LEDGER.lines().toList()));

    assertThat(ledger.coverage().lines().map(String::strip))
        .containsExactly(
            "group     rules  tested   in ledger  open",
            "LUO-AAA       3       1           1     1",
            "LUO-BBB       2       1           1     0",
            "all           5       2           2     1");
  }

  @Test
  void counts_areReadFromTheTableOfGroups() {
    assertThat(Rule.countsIn(SPECIFICATION.lines().toList()))
        .containsExactly("LUO-AAA 3", "LUO-BBB 2");
  }

  /** Not run by the build, which looks for no nested class that is static. */
  static class ExampleTest {
    void aaa02_helper() {}

    @Test
    void aaa01_runs() {}

    @Nested
    class Inner {
      @Disabled("to be found")
      @ParameterizedTest
      @ValueSource(ints = 1)
      void aaa02_disabled(int number) {
        assertThat(number).isOne();
      }
    }
  }
}
