// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static dev.luo.core.internal.image.Forged.MEMORY_SIZE;
import static dev.luo.core.internal.image.Forged.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Page 0 and the root: what is wrong although the checksums are right. */
class ForgedHeaderTest {

  private Forgery image;

  @BeforeEach
  void forge() throws Exception {
    image = Forged.of(Images.ofEverything());
  }

  @Test
  void sealed_readsAsBefore_ifNothingWasChanged() throws Exception {
    assertThat(ImageReader.read(image.sealed()).content()).isEqualTo(Images.ofEverything());
  }

  @Test
  void header_withAnotherMagic() {
    assertRefused(image.u8(0, 'L').sealed(), "header", "not an image of luo");
  }

  @Test
  void des01_header_ofAnotherLayout() {
    assertRefused(image.u32(8, 2).sealed(), "header", "layout version 2, and 1 is");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 16384, -1})
  void header_withOtherPages(int pageSize) {
    assertRefused(
        image.u32(12, pageSize).sealed(),
        "header",
        "pages of " + Integer.toUnsignedString(pageSize));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 4096, 0x4_0001, -4096, Long.MIN_VALUE})
  void header_withAnImpossibleSize(long size) {
    assertRefused(
        image.u64(16, size).sealed(), "header", "a memory of " + Long.toUnsignedString(size));
  }

  @Test
  void des02_header_withMoreMemoryThanThereIs() {
    assertRefused(image.u64(16, MEMORY_SIZE + 4096).sealed(), "header", "only 327680 are there");
  }

  @Test
  void header_withoutGeneration() {
    assertRefused(image.u64(32, 0).sealed(), "header", "generation 0");
  }

  @ParameterizedTest
  @ValueSource(ints = {56, 59, 64, 127, 136, 191, 200, 255, 768, 4095})
  void header_withMoreInIt(int at) {
    assertRefused(image.u8(at, 1).sealed(), "header", "reserved bytes");
  }

  @Test
  void publishWord_thatNamesTheOtherRoot() {
    assertRefused(image.u64(128, 3).memory(), "root B", "checksum");
  }

  @Test
  void publishWord_ofAnotherEpoch() {
    assertRefused(image.u64(128, 4).memory(), "root A", "publication 2, and published is 4");
  }

  @Test
  void des01_root_ofAnotherFormat() {
    image.u8(image.root() + 5, '6');
    assertRefused(image.sealed(), "root A", "\"luo-v6\\x00\\x00\", and \"luo-v5\"");
  }

  @Test
  void root_ofAnotherGeneration() {
    image.u64(image.root() + 8, 8);
    assertRefused(image.sealed(), "root A", "generation 8, and the header has 7");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, -1})
  void root_withUnknownOrigin(int origin) {
    image.u32(image.root() + 40, origin);
    assertRefused(image.sealed(), "root A", "origin " + Integer.toUnsignedString(origin));
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 80, 251})
  void root_withMoreInIt(int at) {
    image.u8(image.root() + at, 1);
    assertRefused(image.sealed(), "root A", "reserved bytes");
  }
}
