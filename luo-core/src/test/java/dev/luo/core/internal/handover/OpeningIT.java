// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.linux.process.ExitStatus;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The openings of one process to which something was handed over. */
final class OpeningIT {

  private static ChildJvm.Result run(String moment) throws IOException {
    ChildJvm.Result result = ChildJvm.run(ChildJvm.command(OpeningProgram.class, moment), Map.of());
    assertThat(result.status()).as(result.output()).isEqualTo(new ExitStatus.Exited(0));
    return result;
  }

  @Test
  void dev07_dev08_des14_aRefusedImageIsRefusedAgainUntilLuoIsOpenedWithoutIt() throws IOException {
    ChildJvm.Result result = run("spoiled-before");

    assertThat(result.values("refused"))
        .as(result.output())
        .containsExactly("EINVAL header", "EINVAL header");
    assertThat(result.values("came")).containsExactly("false");
    assertThat(result.values("held")).containsExactly("1");
  }

  @Test
  void dev05_dev06_theImageIsReadByTheFirstOpeningAndStaysOpenAfterIt() throws IOException {
    ChildJvm.Result result = run("spoiled-after");

    assertThat(result.values("came")).as(result.output()).containsExactly("true", "false");
    assertThat(result.values("held")).containsExactly("1");
  }
}
