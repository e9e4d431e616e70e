// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static dev.luo.core.internal.image.Forged.assertRefused;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A timeline that cannot be, with right checksums. */
class ForgedTimelineTest {

  private Forgery image;

  @BeforeEach
  void forge() throws Exception {
    image = Forged.of(Images.ofEverything());
  }

  @Test
  void phase_thatEndsBeforeItBegins() {
    image.u64(image.record(Forgery.TIMELINE, 64, 1) + 56, -1);
    assertRefused(image.sealed(), "timeline, record 1", "a phase of 18446744073709551615");
  }

  @Test
  void phase_withoutName() {
    image.u8(image.record(Forgery.TIMELINE, 64, 0), 0);
    assertRefused(image.sealed(), "timeline, record 0", "there is no text");
  }
}
