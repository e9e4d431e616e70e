// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover.program;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HandoverVariableTest {

  @ParameterizedTest
  @CsvSource({"0, 1, 0", "7, 4711, -1", "2147483647, 4194304, 81985529216486895"})
  void parse_whatTextWrote(int descriptor, long pid, long nonce) {
    HandoverVariable variable = new HandoverVariable(descriptor, pid, nonce);

    assertThat(HandoverVariable.parse(variable.text())).contains(variable);
  }

  @Test
  void text_padsTheNonce() {
    assertThat(new HandoverVariable(7, 42, 0xabc).text()).isEqualTo("7:42:0000000000000abc");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "::",
        "7",
        "7:42",
        "7:42:",
        ":42:0000000000000000",
        "7::0000000000000000",
        "-7:42:0000000000000000",
        "+7:42:0000000000000000",
        "7:-42:0000000000000000",
        "7:42:+000000000000000",
        "7:42:-000000000000000",
        "7:42:000000000000000",
        "7:42:00000000000000000",
        "7:42:000000000000000g",
        " 7:42:0000000000000000",
        "7:42:0000000000000000 ",
        "2147483648:42:0000000000000000",
        "7:9223372036854775808:0000000000000000",
        "7:42:0000:00000000000",
        "٧:42:0000000000000000"
      })
  void parse_nothingElse(String value) {
    assertThat(HandoverVariable.parse(value)).isEmpty();
  }
}
