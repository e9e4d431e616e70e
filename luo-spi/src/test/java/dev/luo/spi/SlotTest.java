// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.luo.linux.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotTest {

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void new_ofWhatIsNoSlot_isABugOfTheCaller(int number) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Slot(number));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void fromRecord_ofWhatIsNoSlot_isACorruptRecord(int number) {
    assertThatThrownBy(() -> Slot.fromRecord(number))
        .isInstanceOfSatisfying(
            CorruptRecordException.class,
            corrupt -> {
              assertThat(corrupt.errno()).isEqualTo(Errno.EINVAL);
              assertThat(corrupt.recovery()).isEqualTo(Recovery.START_COLD);
              assertThat(corrupt).hasMessageContaining(Integer.toUnsignedString(number));
            });
  }

  @Test
  void fromRecord_ofASlot_isTheSlot() throws Exception {
    assertThat(Slot.fromRecord(7)).isEqualTo(new Slot(7)).hasToString("0x7");
  }

  @Test
  void compareTo_ordersByNumber() {
    assertThat(new Slot(1)).isLessThan(new Slot(2)).isEqualByComparingTo(new Slot(1));
  }
}
