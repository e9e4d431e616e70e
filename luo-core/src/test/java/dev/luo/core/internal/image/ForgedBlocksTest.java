// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static dev.luo.core.Importance.MANDATORY;
import static dev.luo.core.internal.image.Forged.MEMORY_SIZE;
import static dev.luo.core.internal.image.Forged.UNUSED;
import static dev.luo.core.internal.image.Forged.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.spi.Handle;
import dev.luo.spi.Token;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks and the chains that they form, with right checksums. */
class ForgedBlocksTest {

  private static final int BLOCK = 16;

  private Forgery image;

  @BeforeEach
  void forge() throws Exception {
    image = Forged.of(Images.ofEverything());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 4096 * 5 + 8, MEMORY_SIZE, -4096})
  void blockTable_withABlockAtAnImpossiblePlace(long at) {
    image.u64(image.record(Forgery.BLOCKS, BLOCK, 1), at);
    assertRefused(image.sealed(), "block table, record 1", "a block at 0x" + Long.toHexString(at));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "4, 1", "1, 64", "2, 0", "2, 52", "3, 0", "3, 64", "3, 65535"})
  void des03_des04_des17_blockTable_withAnImpossibleBlock(int kind, int entries) {
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
  void des09_blockTable_withABlockFewer() {
    long length = image.directoryEntry(Forgery.BLOCKS) + 16;
    image.u64(length, image.u64(length) - BLOCK).copy(UNUSED, image.record(1, BLOCK, 3), BLOCK);
    long flags = image.directoryEntry(Forgery.FILE_FLAGS) + 16;
    image.u64(flags, image.u64(flags) - 4);
    assertRefused(
        image.sealed(), "chain of file blocks of session 2", "with 1 files, where 0 are left");
  }

  @Test
  void des17_blockTable_isMissing() {
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
    image = Forged.of(Images.ofSessions(List.of(new SessionEntry("s", Images.files(150)))));
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
}
