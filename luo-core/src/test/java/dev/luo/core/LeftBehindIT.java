// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.core.internal.handover.ChildJvm;
import dev.luo.linux.process.ExitStatus;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the replacement of a real process does to an optional file that stays behind. */
class LeftBehindIT {

  @Test
  void update_closesTheDescriptorOfWhatStaysBehind() throws IOException {
    ChildJvm.Result result = ChildJvm.run(ChildJvm.command(LeftBehindProgram.class), Map.of());

    assertThat(result.status()).as(result.output()).isEqualTo(new ExitStatus.Exited(0));
    // Of each file, luo's own and the carried one.
    assertThat(result.values("before")).containsExactly("4");
    assertThat(result.values("after")).containsExactly("1");
    assertThat(result.values("came")).containsExactly("[0x1]");
    assertThat(result.values("number")).containsExactly("1");
    assertThat(result.values("fate")).contains("0x2 DROPPED");
  }
}
