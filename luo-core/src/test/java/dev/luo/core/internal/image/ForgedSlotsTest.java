// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static dev.luo.core.internal.image.Forged.assertRefused;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A table of slots that cannot be, with right checksums. */
class ForgedSlotsTest {

  private static final int SLOT = 32;

  private Forgery image;

  @BeforeEach
  void forge() throws Exception {
    image = Forged.of(Images.ofEverything());
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0, -1", "4, -2", "14, 0"})
  void slot_thatIsImpossible(int at, int value) {
    long slot = image.record(Forgery.SLOTS, SLOT, 1) + at;
    if (at == 14) {
      image.u16(slot, value);
    } else {
      image.u32(slot, value);
    }
    assertRefused(image.sealed(), "slot table, record 1", "with descriptor");
  }

  @Test
  void slot_ofUnknownKind() {
    image.u16(image.record(Forgery.SLOTS, SLOT, 1) + 14, 22);
    assertRefused(image.sealed(), "slot table, record 1", "of kind 22");
  }

  @Test
  void slot_thatIsThereTwice() {
    image.u32(image.record(Forgery.SLOTS, SLOT, 1), 1);
    assertRefused(image.sealed(), "slot table, record 1", "slot 0x1 is not in ascending order");
  }

  @Test
  void slots_withOneDescriptor() {
    image.u32(image.record(Forgery.SLOTS, SLOT, 2) + 4, 17);
    assertRefused(image.sealed(), "slot table, record 2", "two slots with the descriptor 17");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 3", "1, -1", "2, 2", "2, -1", "3, 1", "4, 0", "65535, 0"})
  void slot_withAnOwnerThatDoesNotExist(int kind, int number) {
    long slot = image.record(Forgery.SLOTS, SLOT, 0);
    image.u32(slot + 8, number).u16(slot + 12, kind);
    assertRefused(image.sealed(), "slot table, record 0", "an owner of kind " + kind);
  }
}
