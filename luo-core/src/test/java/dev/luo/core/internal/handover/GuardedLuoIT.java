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

  @Test
  void successorFinishesAndDies_nobodyComesBack() throws IOException {
    ChildJvm.Result result = ChildJvm.run(ChildJvm.command(LuoProgram.class, "finished"), Map.of());

    assertThat(result.status()).as(result.output()).isEqualTo(new ExitStatus.Exited(7));
    assertThat(result.values("second")).as(result.output()).isEqualTo(result.values("first"));
    assertThat(result.values("back")).as(result.output()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "not-resumed, call resumed()",
    "guardian-unreachable, the guardian of the last update could not be stood down",
  })
  void guardianIsThere_nothingIsFinished(String fate, String why) throws IOException {
    ChildJvm.Result result = ChildJvm.run(ChildJvm.command(LuoProgram.class, fate), Map.of());

    assertThat(result.values("refused"))
        .as(result.output())
        .singleElement()
        .asString()
        .contains(why);
    assertThat(result.values("back")).as(result.output()).hasSize(1);
    assertThat(result.values("counter")).containsExactly("7", "7");
  }

  @Test
  void resumedInAShutdown_theGuardianEnds() throws IOException {
    ChildJvm.Result result =
        ChildJvm.run(ChildJvm.command(LuoProgram.class, "resumed-in-shutdown"), Map.of());

    assertThat(result.status()).as(result.output()).isEqualTo(new ExitStatus.Exited(0));
    assertThat(result.values("second")).as(result.output()).isEqualTo(result.values("first"));
    assertThat(result.values("back")).as(result.output()).isEmpty();
    assertThat(result.output()).doesNotContain("Exception");
  }

  @Test
  void thirdGenerationDies_theSecondComesBack() throws IOException {
    ChildJvm.Result result = chain("third-dies");

    assertThat(result.status()).as(result.output()).isEqualTo(new ExitStatus.Exited(7));
    assertThat(result.values("started")).as(result.output()).containsExactly("1", "2", "3", "2");
    assertThat(result.values("generation")).as(result.output()).containsExactly("1", "2");
    assertThat(result.values("counter")).as(result.output()).containsExactly("7", "8");
  }

  @Test
  void updateWithoutResumed_standsTheGuardianDown() throws IOException {
    ChildJvm.Result result = chain("incoming-ignored");

    assertThat(result.status()).as(result.output()).isEqualTo(new ExitStatus.Exited(0));
    assertThat(result.values("started")).as(result.output()).containsExactly("1", "2", "3");
    assertThat(result.values("guardians")).as(result.output()).containsExactly("0", "1", "0");
  }

  @Test
  void updateWithoutResumed_theGuardianCannotBeStoodDown() throws IOException {
    ChildJvm.Result result = chain("guardian-unreachable");

    assertThat(result.values("refused")).as(result.output()).containsExactly("NO_GUARDIAN");
    assertThat(result.values("started")).as(result.output()).containsExactly("1", "2", "1");
    assertThat(result.values("counter")).as(result.output()).containsExactly("7");
  }

  private static ChildJvm.Result chain(String fate) throws IOException {
    return ChildJvm.run(ChildJvm.command(GuardedChainProgram.class, fate, "1"), Map.of());
  }
}
