// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.linux.EventFd;
import dev.luo.linux.Fd;
import dev.luo.testing.NoDescriptorLeaks;
import org.junit.jupiter.api.Test;

@NoDescriptorLeaks
class RestoredTest {

  @Test
  void factories_setFidelityAndNote() throws Exception {
    try (Fd file = EventFd.create(0)) {
      assertThat(Restored.live(file)).isEqualTo(new Restored(file, Fidelity.LIVE, "", null));
      assertThat(Restored.rebuilt(file, "new"))
          .isEqualTo(new Restored(file, Fidelity.REBUILT, "new", null));
      assertThat(Restored.degraded(file, "less"))
          .isEqualTo(new Restored(file, Fidelity.DEGRADED, "less", null));
    }
  }

  @Test
  void with_addsTheAttachmentAndKeepsTheRest() throws Exception {
    try (Fd file = EventFd.create(0)) {
      Restored with = Restored.degraded(file, "less").with("something");

      assertThat(with).isEqualTo(new Restored(file, Fidelity.DEGRADED, "less", "something"));
    }
  }

  @Test
  void attachment_isAnsweredByType() throws Exception {
    try (Fd file = EventFd.create(0)) {
      Restored with = Restored.live(file).with("something");

      assertThat(with.attachment(CharSequence.class)).contains("something");
      assertThat(with.attachment(Integer.class)).isEmpty();
      assertThat(Restored.live(file).attachment(Object.class)).isEmpty();
    }
  }
}
