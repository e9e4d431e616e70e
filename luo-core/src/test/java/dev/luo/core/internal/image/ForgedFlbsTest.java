// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static dev.luo.core.internal.image.Forged.MEMORY_SIZE;
import static dev.luo.core.internal.image.Forged.UNUSED;
import static dev.luo.core.internal.image.Forged.assertRefused;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.core.ImageRefusedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A table of FLBs that cannot be, with right checksums. */
class ForgedFlbsTest {

  private Forgery image;

  @BeforeEach
  void forge() throws Exception {
    image = Forged.of(Images.ofEverything());
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0, 2", "8, 1", "8, 64", "8, -1"})
  void des17_flbs_withAnotherCount(int at, long value) {
    image.u64(image.u64(image.root() + 24) + at, value);
    assertRefused(image.sealed(), "FLB table", "and the block table has 2 on one");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void des17_flb_withoutReferences(long count) {
    image.u64(image.flb(1) + 56, count);
    assertRefused(image.sealed(), "FLB table, entry 1", "pool-v9 with");
  }

  @Test
  void des17_twoFlbs_ofOneName() {
    image.copy(image.flb(0), image.flb(1), 48);
    assertRefused(image.sealed(), "FLB table, entry 1", "a second FLB iommu-v1");
  }

  @Test
  void des18_flb_withoutNul() {
    image.text(image.flb(0), "x".repeat(48));
    assertRefused(image.sealed(), "FLB table, entry 0", "no NUL");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 8, MEMORY_SIZE, UNUSED})
  void des17_root_withFlbsElsewhere(long at) {
    image.u64(image.root() + 24, at);
    assertThatExceptionOfType(ImageRefusedException.class)
        .isThrownBy(() -> ImageReader.read(image.sealed()))
        .withMessageContaining("not what the block table has here");
  }
}
