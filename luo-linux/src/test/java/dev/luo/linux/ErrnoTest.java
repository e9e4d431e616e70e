// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrnoTest {
  @Test
  void name_ofEachConstant_isTheNameOfTheConstant() throws IllegalAccessException {
    List<Integer> numbers = new ArrayList<>();
    for (Field field : Errno.class.getFields()) {
      if (Modifier.isStatic(field.getModifiers()) && field.getType() == Errno.class) {
        Errno errno = (Errno) field.get(null);
        assertThat(errno).isNotNull();
        assertThat(errno.name()).isEqualTo(field.getName());
        numbers.add(errno.number());
      }
    }
    assertThat(numbers).hasSizeGreaterThan(130).doesNotHaveDuplicates();
  }

  @Test
  void text_ofKnownNumber() {
    assertThat(Errno.EBUSY).hasToString("EBUSY (Device or resource busy)");
    assertThat(Errno.EBADFD.number()).isEqualTo(77);
  }

  @Test
  void name_ofUnknownNumber_isTheNumber() {
    assertThat(new Errno(530)).hasToString("E530 (Unknown error 530)");
  }

  @Test
  void ofResult_takesTheNegatedNumber() {
    assertThat(Errno.ofResult(-2)).isEqualTo(Errno.ENOENT);
  }

  @Test
  void constructor_ofNoError() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Errno(0));
  }
}
