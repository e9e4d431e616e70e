// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover.guardian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.linux.Fd;
import dev.luo.linux.FileIo;
import dev.luo.linux.Memfd;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GuardianPlanTest {

  @Test
  void read_whatWriteWrote() throws IOException {
    GuardianPlan plan =
        new GuardianPlan(
            "/bin/jävä", List.of("java", "", "-x y\n"), Map.of("JDK_JAVA_OPTIONS", "-Da=b"));

    try (Fd memfd = plan.write()) {
      assertThat(GuardianPlan.read(memfd)).isEqualTo(plan);
    }
  }

  @Test
  void read_longCommand() throws IOException {
    GuardianPlan plan =
        new GuardianPlan("/bin/x", Collections.nCopies(10_000, "argument"), Map.of());

    try (Fd memfd = plan.write()) {
      assertThat(GuardianPlan.read(memfd)).isEqualTo(plan);
    }
  }

  @Test
  void read_cutShort() throws IOException {
    try (Fd memfd = new GuardianPlan("/bin/x", List.of("x"), Map.of()).write()) {
      FileIo.truncate(memfd, FileIo.size(memfd) - 1);

      assertThatExceptionOfType(EOFException.class).isThrownBy(() -> GuardianPlan.read(memfd));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE, 15, Integer.MAX_VALUE})
  void read_textOfImpossibleLength(int length) throws IOException {
    try (Fd memfd = new GuardianPlan("/bin/x", List.of(), Map.of()).write();
        Arena arena = Arena.ofConfined()) {
      // Of the path, which comes first; behind its length there are 6 bytes and two counts.
      byte[] bytes = ByteBuffer.allocate(4).putInt(length).array();
      FileIo.pwriteFully(memfd, arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes), 0);

      assertThatExceptionOfType(GuardianProtocolException.class)
          .isThrownBy(() -> GuardianPlan.read(memfd));
    }
  }

  @Test
  void read_nothing() throws IOException {
    try (Fd memfd = Memfd.create("empty")) {
      assertThatExceptionOfType(EOFException.class).isThrownBy(() -> GuardianPlan.read(memfd));
    }
  }

  @Test
  void command_getsBackWhatWasWithheld() {
    GuardianPlan plan = new GuardianPlan("/bin/x", List.of("x", "-y"), Map.of("CLASSPATH", "/z"));

    assertThat(plan.command().path()).isEqualTo("/bin/x");
    assertThat(plan.command().arguments()).containsExactly("x", "-y");
    assertThat(plan.command().environment()).hasToString("inherited, changed: [CLASSPATH]");
  }
}
