// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SuccessorTest {

  @Test
  void sameCommand_isTriedAndNotGuarded() {
    Successor successor = Successor.sameCommand();

    assertThat(successor.command()).isEmpty();
    assertThat(successor.environment()).isEmpty();
    assertThat(successor.dryStart()).contains(Duration.ofSeconds(30));
    assertThat(successor.guardian()).isEmpty();
  }

  @Test
  void ofCommand_keepsTheWords() {
    assertThat(Successor.ofCommand("java", "", "-x y").command())
        .contains(List.of("java", "", "-x y"));
    assertThat(Successor.ofCommand(List.of("java")).command()).contains(List.of("java"));
  }

  @Test
  void withers_leaveTheOriginalAlone() {
    Successor plain = Successor.ofCommand("java");
    Successor full =
        plain
            .environment(Map.of("A", "1"))
            .environment(Map.of("B", "2"))
            .guardian(Duration.ofSeconds(3))
            .withoutDryStart();

    assertThat(full.command()).isEqualTo(plain.command());
    assertThat(full.environment()).isEqualTo(Map.of("A", "1", "B", "2"));
    assertThat(full.guardian()).contains(Duration.ofSeconds(3));
    assertThat(full.dryStart()).isEmpty();
    assertThat(full.dryStart(Duration.ofMillis(1)).dryStart()).contains(Duration.ofMillis(1));
    assertThat(plain.environment()).isEmpty();
    assertThat(plain.guardian()).isEmpty();
    assertThat(plain.dryStart()).isPresent();
  }

  @Test
  void environment_laterWins() {
    assertThat(
            Successor.sameCommand()
                .environment(Map.of("A", "1"))
                .environment(Map.of("A", "2"))
                .environment())
        .isEqualTo(Map.of("A", "2"));
  }

  @Test
  void ofCommand_noProgram() {
    assertThatIllegalArgumentException().isThrownBy(() -> Successor.ofCommand(List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> Successor.ofCommand(""));
  }

  @Test
  void ofCommand_nul() {
    assertThatIllegalArgumentException().isThrownBy(() -> Successor.ofCommand("java", "a\0b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A=B", "A\0", "LUO_HANDOVER", "LUO_ANYTHING"})
  void environment_badName(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Successor.sameCommand().environment(Map.of(name, "x")));
  }

  @Test
  void environment_nul() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Successor.sameCommand().environment(Map.of("A", "x\0")));
  }

  @Test
  void deadlines_mustBeInTheFuture() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Successor.sameCommand().dryStart(Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Successor.sameCommand().guardian(Duration.ofNanos(-1)));
  }

  @Test
  void toString_keepsTheEnvironmentSecret() {
    assertThat(Successor.ofCommand("java", "-x").environment(Map.of("TOKEN", "secret")))
        .hasToString("java -x");
  }
}
