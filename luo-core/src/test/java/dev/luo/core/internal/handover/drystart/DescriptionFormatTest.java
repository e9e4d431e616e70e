// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover.drystart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.core.internal.handover.drystart.DescriptionFormat.Answer;
import dev.luo.core.internal.handover.drystart.DescriptionFormat.GarbledException;
import dev.luo.spi.Compatible;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DescriptionFormatTest {
  private static final long NONCE = 0x0123_4567_89ab_cdefL;

  private static final String WELL =
      """
      luo-successor 0123456789abcdef
      process 4711
      protocol 1
      java 25.0.3+9
      image luo-v1
      image luo-v5
      accepts memfd-user-v1
      limit sessions 65536
      program 2.1
      end
      """;

  private final SuccessorDescription description =
      new SuccessorDescription(
          1,
          "25.0.3+9",
          Set.of("luo-v5", "luo-v1"),
          Set.of(Compatible.of("memfd-user-v1")),
          Map.of("sessions", 65_536L),
          Optional.of("2.1"));

  @Test
  void write_asDocumented() {
    byte[] bytes = DescriptionFormat.write(NONCE, new Answer.Described(4711, description));

    assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(WELL);
  }

  @Test
  void read_whatWriteWrote() throws GarbledException {
    Answer described = new Answer.Described(4711, description);
    Answer failed = new Answer.Failed(4711, "no handler\nof that name");

    assertThat(DescriptionFormat.read(NONCE, DescriptionFormat.write(NONCE, described)))
        .isEqualTo(described);
    assertThat(DescriptionFormat.read(NONCE, DescriptionFormat.write(NONCE, failed)))
        .isEqualTo(new Answer.Failed(4711, "no handler of that name"));
  }

  @Test
  void read_skipsWhatItDoesNotKnow() throws GarbledException {
    assertThat(read(WELL.replace("end\n", "colour blue\nend\n")))
        .isEqualTo(new Answer.Described(4711, description));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "luo-successor|Hello            |does not begin",
        "89abcdef     |89abcde0         |another question",
        "end          |en               |breaks off",
        "process 4711 |processes 4711   |what its process is",
        "protocol 1   |protocol one     |is no number",
        "limit        |limited          |NONE",
        "limit sessions 65536|limit 65536|NONE",
        "java 25.0.3+9|java 25; java 26 |twice",
        "image luo-v1 |image            |has no key",
        "memfd-user-v1|memfd user v1    |no compatible string",
      })
  void read_damaged(String part, String replacement, String complaint) throws GarbledException {
    String damaged = WELL.replace(part.strip(), replacement.strip().replace("; ", "\n"));
    if (complaint.equals("NONE")) {
      assertThat(read(damaged)).isInstanceOf(Answer.Described.class);
    } else {
      assertThatExceptionOfType(GarbledException.class)
          .isThrownBy(() -> read(damaged))
          .withMessageContaining(complaint);
    }
  }

  @Test
  void read_nothing() {
    assertThatExceptionOfType(GarbledException.class).isThrownBy(() -> read(""));
  }

  @Test
  void read_everyPrefixIsGarbled() {
    for (int length = 0; length < WELL.length() - 1; length++) {
      String prefix = WELL.substring(0, length);
      assertThatExceptionOfType(GarbledException.class)
          .as("the first %d characters", length)
          .isThrownBy(() -> read(prefix));
    }
  }

  @Test
  void isComplete_onlyAtTheEnd() {
    byte[] bytes = WELL.getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < bytes.length; length++) {
      assertThat(DescriptionFormat.isComplete(bytes, length)).isFalse();
    }
    assertThat(DescriptionFormat.isComplete(bytes, bytes.length)).isTrue();
  }

  private static Answer read(String text) throws GarbledException {
    return DescriptionFormat.read(NONCE, text.getBytes(StandardCharsets.UTF_8));
  }
}
