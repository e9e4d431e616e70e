// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static dev.luo.core.Importance.MANDATORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.core.ImageRefusedException;
import dev.luo.linux.Errno;
import dev.luo.spi.Handle;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;
import dev.luo.spi.Token;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Images whose checksums are right and whose content is not: what only a fault of a writer
 * explains.
 */
class ForgedImageTest {

  private static final long MEMORY_SIZE = 0x5_0000;

  /** Memory that the image of everything does not use. */
  private static final long UNUSED = 0x3_0000;

  private static final int SLOT = 32;
  private static final int EXTENT = 32;
  private static final int BLOCK = 16;

  private Forgery image;

  @BeforeEach
  void forgeEverything() throws Exception {
    image = forge(Images.ofEverything());
  }

  private static Forgery forge(ImageContent content) throws LuoException {
    TestMemory memory = new TestMemory(MEMORY_SIZE);
    memory.format().publish(content);
    return new Forgery(memory);
  }

  private static void assertRefused(MemorySegment memory, String where, String what) {
    assertThatExceptionOfType(ImageRefusedException.class)
        .isThrownBy(() -> ImageReader.read(memory))
        .satisfies(e -> {
          assertThat(e.where()).isEqualTo(where);
          assertThat(e).hasMessageContaining(where).hasMessageContaining(what);
          assertThat(e.errno()).isEqualTo(Errno.EINVAL);
          assertThat(e.recovery()).isEqualTo(Recovery.START_COLD);
        });
  }

  private void text(long at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    MemorySegment.copy(MemorySegment.ofArray(bytes), 0, image.memory(), at, bytes.length);
  }

  @Test
  void sealed_readsAsBefore_ifNothingWasChanged() throws Exception {
    assertThat(ImageReader.read(image.sealed()).content()).isEqualTo(Images.ofEverything());
  }

  // Header and root.

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

  // Directory.

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

  // Block table and chains.

  @ParameterizedTest
  @ValueSource(longs = {0, 4096 * 5 + 8, MEMORY_SIZE, -4096})
  void blockTable_withABlockAtAnImpossiblePlace(long at) {
    image.u64(image.record(Forgery.BLOCKS, BLOCK, 1), at);
    assertRefused(image.sealed(), "block table, record 1", "a block at 0x" + Long.toHexString(at));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "4, 1", "1, 64", "2, 0", "2, 52", "3, 0", "3, 64", "3, 65535"})
  void blockTable_withAnImpossibleBlock(int kind, int entries) {
    long record = image.record(Forgery.BLOCKS, BLOCK, 3);
    image.u16(record + 12, kind).u16(record + 14, entries);
    assertRefused(
        image.sealed(),
        "block table, record 3",
        "a block of kind " + kind + " with " + entries + " entries");
  }

  @Test
  void blockTable_withABlockTwice() {
    long session = image.u64(image.record(Forgery.BLOCKS, BLOCK, 1));
    image.u64(image.record(Forgery.BLOCKS, BLOCK, 2), session);
    assertRefused(image.sealed(), "block", "two of them lie at 0x" + Long.toHexString(session));
  }

  @Test
  void blockTable_withABlockThatIsAnExtension() {
    image.u64(
        image.record(Forgery.BLOCKS, BLOCK, 3), image.u64(image.directoryEntry(Forgery.SLOTS) + 8));
    // Correcting a checksum of the one spoils that of the other, unless the block comes last.
    assertRefused(image.sealed(), "block", "overlaps directory or an extension");
  }

  @Test
  void blockTable_withABlockMore() {
    long length = image.directoryEntry(Forgery.BLOCKS) + 16;
    image.u64(length, image.u64(length) + BLOCK);
    image
        .u64(image.record(Forgery.BLOCKS, BLOCK, 4), UNUSED)
        .u16(image.record(Forgery.BLOCKS, BLOCK, 4) + 12, 1);
    assertRefused(
        image.sealed(),
        "block table",
        "no chain leads to the block at 0x" + Long.toHexString(UNUSED));
  }

  @Test
  void blockTable_withABlockFewer() {
    long length = image.directoryEntry(Forgery.BLOCKS) + 16;
    image.u64(length, image.u64(length) - BLOCK).copy(UNUSED, image.record(1, BLOCK, 3), BLOCK);
    long flags = image.directoryEntry(Forgery.FILE_FLAGS) + 16;
    image.u64(flags, image.u64(flags) - 4);
    assertRefused(
        image.sealed(), "chain of file blocks of session 2", "with 1 files, where 0 are left");
  }

  @Test
  void blockTable_isMissing() {
    // Hidden behind an optional type that nobody knows.
    image.u32(image.root() + 44, 0);
    image.memory().asSlice(image.directory(), 4096).fill((byte) 0);
    assertRefused(image.sealed(), "FLB table", "not what the block table has here");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 52, 2, -1, Long.MIN_VALUE})
  void des03_sessionBlock_withAnotherCount(long count) {
    image.u64(image.session(0) - 8, count);
    assertRefused(
        image.sealed(),
        "session block 0",
        Long.toUnsignedString(count) + " entries, and the block table has 3");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 64, 3, -1, Long.MIN_VALUE})
  void des04_fileBlock_withAnotherCount(long count) {
    image.u64(image.file(0, 0) - 8, count);
    assertRefused(
        image.sealed(),
        "file block 0 of session 0",
        Long.toUnsignedString(count) + " entries, and the block table has 2");
  }

  @Test
  void des05_sessionBlock_thatFollowsItself() {
    long block = image.session(0) - 16;
    image.u64(block, block);
    assertRefused(image.sealed(), "session block 1", "a circle");
  }

  @Test
  void des05_fileBlocks_thatRunInACircle() throws Exception {
    image = forge(Images.ofSessions(List.of(new SessionEntry("s", Images.files(150)))));
    long first = image.file(0, 0) - 16;
    long second = image.u64(first);
    long third = image.u64(second);
    image.u64(third, second);
    assertRefused(image.sealed(), "file block 3 of session 0", "a circle");
  }

  @Test
  void des05_twoSessions_thatShareTheirFiles() {
    image.u64(image.session(2) + 64, image.file(0, 0) - 16);
    assertRefused(image.sealed(), "file block 0 of session 2", "two chains that meet");
  }

  @ParameterizedTest
  @ValueSource(ints = {10_000, 10_001})
  void des06_fileBlocks_inALongChain(int blocks) throws Exception {
    List<SessionEntry> sessions = new ArrayList<>();
    for (int i = 0; i < blocks; i++) {
      FileEntry file = new FileEntry(Images.MEMFD, Handle.NONE, Token.of(i), false, MANDATORY);
      sessions.add(new SessionEntry("s" + i, List.of(file)));
    }
    TestMemory memory = new TestMemory(10_300L * 4096);
    memory.format().publish(Images.ofSessions(sessions));
    image = new Forgery(memory);
    // All file blocks one behind the other, for the first session.
    long first = image.file(0, 0) - 16;
    for (long block = first; block < first + (blocks - 1) * 4096L; block += 4096) {
      image.u64(block, block + 4096);
    }
    long sessionBlock = image.session(0) - 16;
    for (int i = 0; i < blocks; i++) {
      long session = sessionBlock + i / 51 * 4096L + 16 + i % 51 * 80L;
      image.u64(session + 64, i == 0 ? first : 0).u64(session + 72, i == 0 ? blocks : 0);
    }

    if (blocks > 10_000) {
      assertRefused(image.sealed(), "file block 10000 of session 0", "more than 10000 blocks");
    } else {
      assertThat(ImageReader.read(image.sealed()).content().sessions().getFirst().files())
          .hasSize(blocks);
    }
  }

  @Test
  void sessionBlock_thatIsFollowedByAFileBlock() {
    long block = image.session(0) - 16;
    image.u64(block, image.file(0, 0) - 16);
    assertRefused(image.sealed(), "session block 1", "not what the block table has here");
  }

  @ParameterizedTest
  @ValueSource(longs = {8, MEMORY_SIZE, -4096, UNUSED})
  void root_withSessionsElsewhere(long at) {
    image.u64(image.root() + 16, at);
    assertRefused(image.sealed(), "session block 0", "not what the block table has here");
  }

  @Test
  void root_withoutItsSessions() {
    image.u64(image.root() + 16, 0);
    assertRefused(image.sealed(), "chain of session blocks", "ends after 0 sessions");
  }

  @Test
  void ser25_sessionBlock_withMoreBehindItsEntries() {
    image.u8(image.session(0) - 16 + 4095, 1);
    assertRefused(image.sealed(), "session block 0", "the rest of the block is not zero");
  }

  @Test
  void ser25_fileBlock_withMoreBehindItsEntries() {
    image.u8(image.file(2, 1), 1);
    assertRefused(image.sealed(), "file block 0 of session 2", "the rest of the block is not zero");
  }

  // Sessions.

  @Test
  void des07_twoSessions_ofOneName() {
    image.copy(image.session(0), image.session(1), 64);
    assertRefused(image.sealed(), "session block 0, entry 1", "a second session \"vm-42\"");
  }

  @Test
  void des18_session_withoutNul() {
    text(image.session(1), "x".repeat(64));
    assertRefused(image.sealed(), "session block 0, entry 1", "there is no NUL behind \"xxx");
  }

  @Test
  void session_withoutName() {
    image.u8(image.session(0), 0);
    assertRefused(image.sealed(), "session block 0, entry 0", "there is no text");
  }

  @Test
  void ser25_session_withMoreBehindItsName() {
    image.u8(image.session(0) + 63, 1);
    assertRefused(image.sealed(), "session block 0, entry 0", "more behind the NUL of \"vm-42\"");
  }

  @ParameterizedTest
  @ValueSource(ints = {0x80, 0xc3, 0xff, 0xc0})
  void session_whoseNameIsNoText(int last) {
    image.u8(image.session(0) + 4, last);
    assertRefused(image.sealed(), "session block 0, entry 0", "no UTF-8: \"vm-4\\x");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 3, 4, -1, Long.MAX_VALUE, 630_001})
  void des09_session_withAnotherCount(long count) {
    image.u64(image.session(0) + 72, count);
    assertThatExceptionOfType(ImageRefusedException.class)
        .isThrownBy(() -> ImageReader.read(image.sealed()))
        .satisfies(e -> assertThat(e.where()).contains("file block"))
        .withMessageContaining("\"vm-42\"");
  }

  // Files.

  @Test
  void des12_twoFiles_withOneToken() {
    image.u64(image.file(0, 1) + 56, 1);
    assertRefused(image.sealed(), "file block 0 of session 0", "two files with the token 0x1");
  }

  @Test
  void des12_twoFilesFarApart_withOneToken() throws Exception {
    image = forge(Images.ofSessions(List.of(new SessionEntry("s", Images.files(200)))));
    long last = image.u64(image.u64(image.u64(image.file(0, 0) - 16)));
    image.u64(last + 16 + 56, 17);
    assertThatExceptionOfType(ImageRefusedException.class)
        .isThrownBy(() -> ImageReader.read(image.sealed()))
        .withMessageContaining("two files with the token 0x11");
  }

  @Test
  void des12_twoFiles_withOneToken_areKeptInOrderIfThatIsAccepted() throws Exception {
    image.u64(image.file(0, 1) + 56, 1);
    Image read = ImageReader.read(image.sealed(), EqualTokens.ACCEPTED);
    assertThat(read.content().sessions().getFirst().files())
        .extracting(FileEntry::token)
        .containsExactly(Token.of(1), Token.of(1));
  }

  @Test
  void des18_file_withoutNul() {
    text(image.file(0, 0), "x".repeat(48));
    assertRefused(image.sealed(), "file block 0 of session 0, entry 0", "no NUL");
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "é", "a b", "\t", "\u007f"})
  void file_whoseCompatibleIsNone(String compatible) {
    image.memory().asSlice(image.file(0, 0), 48).fill((byte) 0);
    text(image.file(0, 0), compatible);
    assertRefused(image.sealed(), "file block 0 of session 0, entry 0", "no compatible string");
  }

  @Test
  void file_withoutCompatible() {
    image.memory().asSlice(image.file(0, 1), 48).fill((byte) 0);
    assertRefused(image.sealed(), "file block 0 of session 0, entry 1", "there is no text");
  }

  @Test
  void ser25_file_withMoreBehindItsCompatible() {
    image.u8(image.file(2, 0) + 47, 1);
    assertRefused(image.sealed(), "file block 0 of session 2, entry 0", "more behind the NUL");
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 7, 0x100, Integer.MIN_VALUE})
  void fileFlags_thatAreUnknown(int flags) {
    image.u32(image.record(Forgery.FILE_FLAGS, 4, 1), flags);
    assertRefused(image.sealed(), "file flags, record 1", "flags 0x" + Integer.toHexString(flags));
  }

  @Test
  void fileFlags_ofFewerFiles() {
    long length = image.directoryEntry(Forgery.FILE_FLAGS) + 16;
    image.u64(length, 8);
    assertRefused(image.sealed(), "file flags", "flags of 2 files, and there are 3");
  }

  // FLBs.

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
    text(image.flb(0), "x".repeat(48));
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

  // Slots.

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

  // Extents.

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

  // Timeline.

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
