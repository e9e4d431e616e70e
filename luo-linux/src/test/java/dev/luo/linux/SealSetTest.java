// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SealSetTest {
  @Test
  void set_isMadeOfSeals() {
    SealSet set = SealSet.of(Seal.SHRINK, Seal.GROW);
    assertThat(set.bits()).isEqualTo(6);
    assertThat(set.contains(Seal.SHRINK)).isTrue();
    assertThat(set.contains(Seal.WRITE)).isFalse();
    assertThat(set.known()).containsExactly(Seal.SHRINK, Seal.GROW);
    assertThat(set.without(Seal.GROW)).isEqualTo(SealSet.of(Seal.SHRINK));
    assertThat(set).hasToString("SHRINK|GROW");
    assertThat(SealSet.NONE).hasToString("none");
  }

  @Test
  void set_keepsBitsItHasNoNameFor() {
    SealSet set = new SealSet(0x140 | Seal.SEAL.bit());
    assertThat(set.unknownBits()).isEqualTo(0x140);
    assertThat(set.known()).containsExactly(Seal.SEAL);
    assertThat(set.with(Seal.GROW).bits()).isEqualTo(0x145);
    assertThat(set).hasToString("SEAL|0x140");
    assertThat(set.containsAll(SealSet.of(Seal.SEAL))).isTrue();
    assertThat(SealSet.of(Seal.SEAL).containsAll(set)).isFalse();
  }
}
