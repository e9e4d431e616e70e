// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TokenTest {

  @Test
  void compareTo_isUnsigned() {
    assertThat(Stream.of(-1L, Long.MIN_VALUE, Long.MAX_VALUE, 1L, 0L).map(Token::of).sorted())
        .extracting(Token::value)
        .containsExactly(0L, 1L, Long.MAX_VALUE, Long.MIN_VALUE, -1L);
  }

  @Test
  void toString_isHexadecimalAndUnsigned() {
    assertThat(Token.of(0x1001)).hasToString("0x1001");
    assertThat(Token.of(0)).hasToString("0x0");
    assertThat(Token.of(-1)).hasToString("0xffffffffffffffff");
  }

  @Test
  void equals_comparesValues() {
    assertThat(Token.of(5)).isEqualTo(new Token(5)).isNotEqualTo(Token.of(6));
  }
}
