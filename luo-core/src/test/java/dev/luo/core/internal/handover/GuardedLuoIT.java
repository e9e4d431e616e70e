// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.linux.process.ExitStatus;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Updates of a program that uses luo as an embedder does, under a guardian. */
final class GuardedLuoIT {

  @ParameterizedTest
  @CsvSource({
    "before-open, HANDOVER",
    "in-open, CRASH",
    "before-resumed, CRASH",
  })
  void successorDies_theOldProgramRetrievesEverything(String fate, String origin)
      throws IOException {
    ChildJvm.Result result = ChildJvm.run(ChildJvm.command(LuoProgram.class, fate), Map.of());

    assertThat(result.status()).as(result.output()).isEqualTo(new ExitStatus.Exited(7));
    assertThat(result.values("back")).as(result.output()).hasSize(1);
    assertThat(result.values("back")).isNotEqualTo(result.values("first"));
    assertThat(result.values("origin")).as(result.output()).last().isEqualTo(origin);
    assertThat(result.values("counter")).last().isEqualTo("7");
  }

  @Test
  void successorResumes_theGuardianEnds() throws IOException {
    ChildJvm.Result result =
        ChildJvm.run(ChildJvm.command(LuoProgram.class, "after-resumed"), Map.of());

    assertThat(result.status()).as(result.output()).isEqualTo(new ExitStatus.Exited(0));
    assertThat(result.values("second")).isEqualTo(result.values("first"));
    assertThat(result.values("origin")).containsExactly("HANDOVER");
    assertThat(result.values("counter")).containsExactly("7");
    assertThat(result.values("stood-down")).containsExactly("true");
    assertThat(result.values("back")).isEmpty();
  }
}
