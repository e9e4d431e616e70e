// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleNamesTest {

  @ParameterizedTest
  @CsvSource({
    "ses07_duplicateNameIsRefused, LUO-SES-07 duplicate name is refused",
    "fil09_fil10_fil11_sameFile, LUO-FIL-09 LUO-FIL-10 LUO-FIL-11 same file",
    "ses24_retrieveSession_whileClaimed, LUO-SES-24 retrieve session while claimed",
    "close_goesOnAfterAHandlerThrew, close goes on after a handler threw",
    "dup_answersEMFILEAtTheLimit, dup answers EMFILE at the limit",
    "utf8_isNoRule, utf8 is no rule"
  })
  void name_isShownAsASentence(String method, String shown) {
    assertThat(RuleNames.shown(method)).isEqualTo(shown);
  }

  /** Here as in every module: the file that names the generator is found on the class path. */
  @Test
  void generator_isTheDefault(TestInfo test) {
    assertThat(test.getDisplayName()).isEqualTo("generator is the default");
  }

  @Nested
  class Inner {
    @Test
    void generator_isTheDefaultOfNestedClassesToo(TestInfo test) {
      assertThat(test.getDisplayName()).isEqualTo("generator is the default of nested classes too");
    }
  }
}
