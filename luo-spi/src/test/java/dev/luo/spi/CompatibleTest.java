// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompatibleTest {

  @Test
  void of_longestThatFits_isKept() {
    String longest = "x".repeat(47);

    assertThat(Compatible.of(longest).value()).isEqualTo(longest);
  }

  @Test
  void of_oneLongerThanTheField_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Compatible.of("x".repeat(48)))
        .withMessageContaining("1 to 47");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "memfd v1", "memfd-v1\n", "memfd\0", "\u00fc-v1", "x\u007f"})
  void of_whatTheFieldCannotHold_isRefused(String value) {
    assertThatIllegalArgumentException().isThrownBy(() -> Compatible.of(value));
  }

  @Test
  void equals_isByteForByte() {
    assertThat(Compatible.of("memfd-v1"))
        .isEqualTo(new Compatible("memfd-v1"))
        .isNotEqualTo(Compatible.of("memfd-V1"))
        .isNotEqualTo(Compatible.of("memfd-v10"));
  }

  @Test
  void compareTo_ordersByName() {
    assertThat(Compatible.of("a-v2")).isLessThan(Compatible.of("b-v1"));
  }

  @Test
  void toString_isTheNameAlone() {
    assertThat(Compatible.of("memfd-user-v1")).hasToString("memfd-user-v1");
  }
}
