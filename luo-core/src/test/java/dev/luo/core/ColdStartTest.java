// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.linux.Errno;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What there is to take over where nothing was handed over. */
@NoDescriptorLeaks
class ColdStartTest {

  private LiveUpdate luo;

  @BeforeEach
  void open() throws Exception {
    luo = TwoStages.open();
  }

  @AfterEach
  void close() {
    luo.close();
  }

  @Test
  void dev12_des15_ses20_ses21_ses22_nothingIsRetrievedThatWasNotHandedOver() throws Exception {
    luo.createSession("s");

    for (String name : List.of("s", "", "x".repeat(64))) {
      assertThatExceptionOfType(NoSuchSessionException.class)
          .isThrownBy(() -> luo.retrieveSession(name))
          .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
    }
    assertThat(luo.incoming()).isEmpty();
    assertThat(luo.report()).isEmpty();
    luo.resumed();
  }
}
