// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HandleTest {

  @Test
  void of_zero_isNone() {
    assertThat(Handle.of(0)).isSameAs(Handle.NONE).isEqualTo(new Handle(0));
  }

  @Test
  void toString_isHexadecimalAndUnsigned() {
    assertThat(Handle.of(0x4000)).hasToString("0x4000");
    assertThat(Handle.of(-2)).hasToString("0xfffffffffffffffe");
  }
}
