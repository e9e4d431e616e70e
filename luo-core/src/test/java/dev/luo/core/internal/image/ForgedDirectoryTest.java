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

/** The directory and the extensions that it names, with right checksums. */
class ForgedDirectoryTest {

  private Forgery image;

  @BeforeEach
  void forge() throws Exception {
    image = Forged.of(Images.ofEverything());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 4095, 4097, MEMORY_SIZE, MEMORY_SIZE - 1, -4096, Long.MIN_VALUE})
  void directory_atAnImpossiblePlace(long at) {
    image.u64(image.root() + 48, at);
    assertRefused(image.sealedRoot(), "root A", "a directory at 0x" + Long.toHexString(at));
  }

  @ParameterizedTest
  @ValueSource(ints = {129, -1, Integer.MIN_VALUE})
  void directory_withMoreThanAPage(int extensions) {
    image.u32(image.root() + 44, extensions);
    assertRefused(image.sealedRoot(), "root A", "in a directory of a page");
  }

  @Test
  void directory_withMoreEntriesThanItSays() {
    image.u32(image.root() + 44, 4);
    assertRefused(image.sealed(), "directory", "not zero");
  }

  @Test
  void directory_withFewerEntriesThanItSays() {
    image.u32(image.root() + 44, 6);
    assertRefused(image.sealed(), "directory entry 5", "not inside the memory");
  }

  @Test
  void directory_outOfOrder() {
    long first = image.directoryEntry(Forgery.SLOTS);
    image.copy(first, UNUSED, 32).copy(first + 32, first, 32).copy(UNUSED, first + 32, 32);
    assertRefused(image.sealed(), "directory entry 3", "slot table is not in ascending order");
  }

  @Test
  void directory_withAnExtensionTwice() {
    image.u32(image.directoryEntry(Forgery.EXTENTS), Forgery.SLOTS);
    assertRefused(image.sealed(), "directory entry 3", "slot table is not in ascending order");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 32",
    "1, 32",
    "4096, 0",
    "4096, -1",
    "4096, 9223372036854775807",
    "327680, 1",
    "323584, 4097",
    "-4096, 4096"
  })
  void directory_withAnExtensionOutsideTheMemory(long offset, long length) {
    long entry = image.directoryEntry(Forgery.TIMELINE);
    image.u64(entry + 8, offset).u64(entry + 16, length);
    assertRefused(image.sealed(), "directory entry 4", "timeline at 0x");
  }

  @ParameterizedTest
  @CsvSource({"6, 2", "6, 32768", "28, 1", "30, 1"})
  void directory_withReservedBits(int at, int bits) {
    long entry = image.directoryEntry(Forgery.TIMELINE) + at;
    image.u16(entry, bits);
    assertRefused(image.sealed(), "directory entry 4", "reserved bits");
  }

  @Test
  void directory_withAnUnknownMandatoryExtension() {
    long entry = image.directoryEntry(Forgery.TIMELINE);
    image.u32(entry, 77).u16(entry + 6, 1);
    assertRefused(image.sealed(), "directory entry 4", "extension 77 of version 1 is mandatory");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 65535})
  void directory_withAMandatoryExtensionOfAnotherVersion(int version) {
    image.u16(image.directoryEntry(Forgery.SLOTS) + 4, version);
    assertRefused(
        image.sealed(), "directory entry 2", "slot table of version " + version + " is mandatory");
  }

  @Test
  void directory_withExtensionsThatOverlap() {
    long slots = image.directoryEntry(Forgery.SLOTS);
    image.u64(image.directoryEntry(Forgery.TIMELINE) + 8, image.u64(slots + 8));
    assertRefused(image.sealed(), "directory or an extension", "two of them lie at");
  }

  @Test
  void directory_withAnExtensionOnTheDirectory() {
    image.u32(image.directoryEntry(Forgery.TIMELINE), 99);
    image.u64(image.directoryEntry(99) + 8, image.directory());
    // Its checksum covers itself, so nobody can correct it; one of the two is wrong.
    assertThatExceptionOfType(ImageRefusedException.class)
        .isThrownBy(() -> ImageReader.read(image.sealed()));
  }

  @ParameterizedTest
  @CsvSource({"1, block table", "2, file flags", "3, slot table", "4, extent table", "5, timeline"})
  void extension_whoseLengthIsNoMultipleOfItsRecords(int type, String name) {
    long length = image.directoryEntry(type) + 16;
    image.u64(length, image.u64(length) + 1);
    assertRefused(image.sealed(), name, "bytes of records of");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 'block table, record 3'",
    "2, 'file flags, record 2'",
    "3, 'slot table, record 2'",
    "4, 'extent table, record 3'",
    "5, 'timeline, record 1'"
  })
  void ser25_extension_withMoreBehindIt(int type, String where) {
    image.u8(image.u64(image.directoryEntry(type) + 8) + 4095, 1);
    assertRefused(image.sealed(), where, "the rest of the last page is not zero");
  }
}
