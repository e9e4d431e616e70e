// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CrossingTest {

  @Test
  void boundary_ofAllButTheKernel_isTheProcess() {
    assertThat(Arrays.stream(Crossing.values()))
        .filteredOn(crossing -> crossing.boundary() == Boundary.KERNEL)
        .containsExactly(Crossing.KERNEL);
  }
}
