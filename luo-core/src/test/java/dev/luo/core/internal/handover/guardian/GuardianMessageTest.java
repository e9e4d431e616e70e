// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover.guardian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GuardianMessageTest {

  static Stream<GuardianMessage> messages() {
    return Stream.of(
        new GuardianMessage.Ready(4711),
        new GuardianMessage.Carry(List.of()),
        new GuardianMessage.Carry(List.of(5, 3, 1_000_000)),
        new GuardianMessage.Carry(Collections.nCopies(GuardianMessage.MAX_DESCRIPTORS, 7)),
        new GuardianMessage.Taken(254),
        new GuardianMessage.Arm(9, -1, 254, Long.MIN_VALUE),
        new GuardianMessage.Armed(),
        new GuardianMessage.StandDown(0x0123_4567_89ab_cdefL),
        new GuardianMessage.StoodDown(),
        new GuardianMessage.Unable("no more descriptors"));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void decode_whatEncodeWrote(GuardianMessage message) throws GuardianProtocolException {
    assertThat(GuardianMessage.decode(GuardianMessage.encode(message))).isEqualTo(message);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void decode_tooShort(GuardianMessage message) {
    byte[] whole = GuardianMessage.encode(message);
    int least = message instanceof GuardianMessage.Unable ? 8 : whole.length;
    for (int length = 0; length < least; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatExceptionOfType(GuardianProtocolException.class)
          .isThrownBy(() -> GuardianMessage.decode(part))
          .withMessageContaining("too short");
    }
  }

  @Test
  void decode_tooLong() {
    byte[] packet = Arrays.copyOf(GuardianMessage.encode(new GuardianMessage.Armed()), 9);

    assertThatExceptionOfType(GuardianProtocolException.class)
        .isThrownBy(() -> GuardianMessage.decode(packet))
        .withMessageContaining("too long");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4c554f4800000000",
        "4c554f470000000000000000",
        "4c554f4709000000",
        "4c554f4702000000fe000000",
        "4c554f4702000000ffffffff"
      })
  void decode_nonsense(String packet) {
    assertThatExceptionOfType(GuardianProtocolException.class)
        .isThrownBy(() -> GuardianMessage.decode(HexFormat.of().parseHex(packet)));
  }

  @Test
  void encode_standingDownNeverChanges() {
    assertThat(GuardianMessage.encode(new GuardianMessage.StandDown(0x0123_4567_89ab_cdefL)))
        .isEqualTo(HexFormat.of().parseHex("4c554f4706000000efcdab8967452301"));
    assertThat(GuardianMessage.encode(new GuardianMessage.StoodDown()))
        .isEqualTo(HexFormat.of().parseHex("4c554f4707000000"));
  }

  @Test
  void encode_aLongReasonIsCut() {
    byte[] packet = GuardianMessage.encode(new GuardianMessage.Unable("x".repeat(10_000)));

    assertThat(packet).hasSize(GuardianMessage.MAX_BYTES);
  }
}
