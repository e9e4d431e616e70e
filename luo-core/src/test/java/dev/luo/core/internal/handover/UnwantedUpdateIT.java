// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.linux.process.ExitStatus;
import java.io.IOException;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** Updates that have begun well and must not succeed, of a program that could be replaced. */
final class UnwantedUpdateIT {
  private static final ExitStatus WELL = new ExitStatus.Exited(0);

  @Test
  void preserved_afterTheDryStart() throws IOException {
    ChildJvm.Result result =
        ChildJvm.run(ChildJvm.command(UnwantedProgram.class, "preserved"), Map.of());

    assertThat(result.status()).as(result.output()).isEqualTo(WELL);
    assertThat(result.values("refused")).as(result.output()).containsExactly("INCOMPATIBLE");
    assertThat(result.values("missing")).containsExactly("[a handler that accepts memfd-test-v1]");
    assertThat(result.values("resumed")).containsExactly("true");
    assertThat(result.values("done")).containsExactly("true");
  }

  @Test
  void preserving_whenItIsTimeToFreeze() throws IOException {
    ChildJvm.Result result =
        ChildJvm.run(ChildJvm.command(UnwantedProgram.class, "preserving"), Map.of());

    assertThat(result.status()).as(result.output()).isEqualTo(WELL);
    assertThat(result.values("refused"))
        .as(result.output())
        .singleElement(InstanceOfAssertFactories.STRING)
        .startsWith(
            "update refused: a call to a session is still under way: preserve for token 0x2 of"
                + " session \"session\", handler memfd-test-v1");
    assertThat(result.values("resumed")).containsExactly("true");
    assertThat(result.values("preserved")).containsExactly("true");
    assertThat(result.values("done")).containsExactly("true");
  }

  @Test
  void closed_whileTheWorkloadIsPaused() throws IOException {
    ChildJvm.Result result =
        ChildJvm.run(ChildJvm.command(UnwantedProgram.class, "closed"), Map.of());

    assertThat(result.status()).as(result.output()).isEqualTo(WELL);
    assertThat(result.values("close"))
        .as(result.output())
        .containsExactly("called by an update, which would wait for itself");
    assertThat(result.values("update"))
        .containsExactly("called by an update, which would wait for itself", "luo is closed");
    assertThat(result.values("create")).containsExactly("luo is closed", "luo is closed");
    assertThat(result.values("resumed")).containsExactly("true");
    assertThat(result.values("done")).containsExactly("true");
  }
}
