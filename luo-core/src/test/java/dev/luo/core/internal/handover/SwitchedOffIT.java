// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.linux.process.ExitStatus;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replaces real processes in which live update is switched off. */
final class SwitchedOffIT {

  @ParameterizedTest
  @ValueSource(strings = {"unguarded", "guarded"})
  void ser01_dev09_theProcessIsReplacedWithoutACallbackAndWhatCameIsLeftAlone(String guarded)
      throws IOException {
    ChildJvm.Result result =
        ChildJvm.run(ChildJvm.command(SwitchedOffProgram.class, "first", guarded), Map.of());

    assertThat(result.status()).as(result.output()).isEqualTo(new ExitStatus.Exited(0));
    assertThat(result.values("pid")).as(result.output()).hasSize(3);
    assertThat(result.values("pid").stream().distinct()).hasSize(1);
    assertThat(result.values("refused").getFirst()).contains("luo-v5");
    assertThat(result.values("came")).containsExactly("false", "false");
    assertThat(result.values("errno")).containsExactly("ENOENT");
    assertThat(result.values("image")).containsExactly("MEMFD");
    assertThat(result.values("paused")).containsExactly("null");
    assertThat(result.values("variable")).containsExactly("null");
  }
}
