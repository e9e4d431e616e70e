// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.luo.spi.Crossing;
import dev.luo.testing.NoDescriptorLeaks;
import org.junit.jupiter.api.Test;

/** One luo a process. */
@NoDescriptorLeaks
class OpeningTest {

  @Test
  void dev01_dev02_dev04_luoIsOpenOnceAProcessAndAgainAfterItWasClosed() throws Exception {
    Options options = Options.crossings(Crossing.EXEC).withoutDiscovery();
    try (LiveUpdate first = LiveUpdate.open(options)) {
      assertThatIllegalStateException().isThrownBy(() -> LiveUpdate.open(options));
      first.createSession("s");
    }
    LiveUpdate.open(options).close();
  }

  @Test
  void options_withACrossingThatIsNotThereYet() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.crossings(Crossing.EXEC, Crossing.KERNEL))
        .withMessageContaining("KERNEL");
  }
}
