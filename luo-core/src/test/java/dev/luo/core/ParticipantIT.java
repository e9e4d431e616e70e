// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.core.internal.handover.ChildJvm;
import dev.luo.linux.process.ExitStatus;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Libraries that cross with a real process. */
class ParticipantIT {

  @Test
  void update_takesLibrariesAlong() throws IOException {
    ChildJvm.Result result = ChildJvm.run(ChildJvm.command(ParticipantProgram.class), Map.of());

    assertThat(result.status()).as(result.output()).isEqualTo(new ExitStatus.Exited(0));
    assertThat(result.values("pool")).containsExactly("7");
    assertThat(result.values("index")).containsExactly("8");
    assertThat(result.values("left")).containsExactly("[]");
    assertThat(result.values("lapsed")).containsExactly("true");
    assertThat(result.values("report").getFirst())
        .contains("\"counts\":{\"LIVE\":2}", "\"operation\":\"freeze\"", "\"name\":\"dry-start\"");
  }
}
