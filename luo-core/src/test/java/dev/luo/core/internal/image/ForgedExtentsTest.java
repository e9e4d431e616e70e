// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static dev.luo.core.internal.image.Forged.assertRefused;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A table of allocations that cannot be, with right checksums. */
class ForgedExtentsTest {

  private static final int EXTENT = 32;

  private Forgery image;

  @BeforeEach
  void forge() throws Exception {
    image = Forged.of(Images.ofEverything());
  }

  @ParameterizedTest
  @CsvSource({
    "0x4_0004, 8",
    "0x4_0100, 0",
    "0x4_0100, -1",
    "0x4_fff8, 9",
    "0x5_0000, 1",
    "0x7fff_ffff_ffff_fff8, 0x7fff_ffff_ffff_ffff"
  })
  void extent_thatIsImpossible(String offset, String length) {
    long extent = image.record(Forgery.EXTENTS, EXTENT, 3);
    image
        .u64(extent, Long.decode(offset.replace("_", "")))
        .u64(extent + 8, Long.decode(length.replace("_", "")));
    // The earlier ones would be in its way.
    image.copy(extent, image.record(Forgery.EXTENTS, EXTENT, 0), EXTENT);
    assertRefused(image.sealed(), "extent table, record 0", "an allocation of");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 8, 4088, -8, Long.MIN_VALUE})
  void extent_inTheHeaderOrBefore(long offset) {
    image.u64(image.record(Forgery.EXTENTS, EXTENT, 0), offset);
    assertRefused(image.sealed(), "extent table, record 0", "an allocation at 0x");
  }

  @Test
  void extents_withTwoOwners() {
    image.u64(
        image.record(Forgery.EXTENTS, EXTENT, 1),
        image.u64(image.record(Forgery.EXTENTS, EXTENT, 0)));
    assertRefused(image.sealed(), "extent table, record 1", "what is before it ends at 0x40064");
  }

  @Test
  void extents_thatOverlap() {
    image.u64(image.record(Forgery.EXTENTS, EXTENT, 0) + 8, 0x81);
    assertRefused(image.sealed(), "extent table, record 1", "what is before it ends at 0x40081");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8, 4088})
  void extent_onABlock(int at) {
    long flbs = image.u64(image.root() + 24);
    image.u64(image.record(Forgery.EXTENTS, EXTENT, 0), flbs + at);
    assertRefused(image.sealed(), "allocation", "overlaps block at 0x" + Long.toHexString(flbs));
  }

  @Test
  void extent_onAnExtension() {
    image.u64(image.record(Forgery.EXTENTS, EXTENT, 0), image.directory() + 4000);
    assertRefused(image.sealed(), "allocation", "overlaps directory or an extension");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 65535})
  void extent_ofUnknownIntegrity(int integrity) {
    image.u16(image.record(Forgery.EXTENTS, EXTENT, 0) + 20, integrity);
    assertRefused(image.sealed(), "extent table, record 0", "integrity " + integrity);
  }

  @Test
  void extent_uncheckedWithAChecksum() {
    image.u32(image.record(Forgery.EXTENTS, EXTENT, 3) + 16, 1);
    assertRefused(image.sealed(), "extent table, record 3", "reserved bytes");
  }

  @Test
  void extent_withMoreInIt() {
    image.u32(image.record(Forgery.EXTENTS, EXTENT, 1) + 28, 1);
    assertRefused(image.sealed(), "extent table, record 1", "reserved bytes");
  }

  @Test
  void extent_withAnOwnerThatDoesNotExist() {
    image.u32(image.record(Forgery.EXTENTS, EXTENT, 1) + 24, 2);
    assertRefused(image.sealed(), "extent table, record 1", "an owner of kind 2 with the number 2");
  }
}
