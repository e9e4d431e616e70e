// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandTest {
  @Test
  void of_goesByItsPath() {
    Command command = Command.of("/bin/echo", "a", "b");
    assertThat(command.arguments()).containsExactly("/bin/echo", "a", "b");
    assertThat(command.environment()).isSameAs(Environment.inherited());
    assertThat(command.in(Environment.empty()).environment()).isSameAs(Environment.empty());
  }

  @Test
  void constructor_ofWhatTheKernelCannotTake() {
    assertThatIllegalArgumentException().isThrownBy(() -> Command.of("a\0b"));
    assertThatIllegalArgumentException().isThrownBy(() -> Command.of("a", "b\0"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Command("a", List.of(), Environment.empty()));
  }

  @Test
  void environment_inherited_isThatOfTheJvm() {
    assertThat(text(Environment.inherited()))
        .containsAll(System.getenv().entrySet().stream().map(Map.Entry::toString).toList());
  }

  @Test
  void environment_changes() {
    Environment environment =
        Environment.inherited().with("LUO_TEST", "1").with("LUO_TEST", "ä=b").without("PATH");
    assertThat(text(environment))
        .contains("LUO_TEST=ä=b")
        .doesNotContain("LUO_TEST=1")
        .noneMatch(entry -> entry.startsWith("PATH="));
    assertThat(environment).hasToString("inherited, changed: [LUO_TEST, PATH]");
  }

  @Test
  void environment_ofVariables_hasNoOthers() {
    assertThat(text(Environment.of(Map.of("A", "1")))).containsExactly("A=1");
    assertThat(text(Environment.empty())).isEmpty();
  }

  @Test
  void environment_ofNamesAndValuesThatCannotBe() {
    Environment empty = Environment.empty();
    assertThatIllegalArgumentException().isThrownBy(() -> empty.with("", "x"));
    assertThatIllegalArgumentException().isThrownBy(() -> empty.with("a=b", "x"));
    assertThatIllegalArgumentException().isThrownBy(() -> empty.with("a\0", "x"));
    assertThatIllegalArgumentException().isThrownBy(() -> empty.with("a", "x\0"));
    assertThatIllegalArgumentException().isThrownBy(() -> empty.without("="));
  }

  private static List<String> text(Environment environment) {
    return environment.entries().stream()
        .map(entry -> new String(entry, StandardCharsets.UTF_8))
        .toList();
  }
}
