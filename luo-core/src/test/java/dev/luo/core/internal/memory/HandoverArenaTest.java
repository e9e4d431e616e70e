// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.luo.core.HandlerLimits;
import dev.luo.core.HandoverMemoryException;
import dev.luo.linux.Errno;
import dev.luo.linux.FileIo;
import dev.luo.linux.LinuxException;
import dev.luo.linux.Memfd;
import dev.luo.linux.Seal;
import dev.luo.spi.Compatible;
import dev.luo.spi.Handle;
import dev.luo.spi.Integrity;
import dev.luo.testing.NoDescriptorLeaks;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@NoDescriptorLeaks
class HandoverArenaTest {

  private static final long RESERVE = 1 << 20;

  private HandoverArena arena;

  @BeforeEach
  void create() throws Exception {
    arena = HandoverArena.create(RESERVE);
  }

  @AfterEach
  void close() {
    arena.close();
  }

  @Test
  void create_sealsTheSizeAndCostsNothing() throws Exception {
    assertThat(FileIo.size(arena.file())).isEqualTo(RESERVE);
    assertThat(Memfd.seals(arena.file()).contains(Seal.SHRINK)).isTrue();
    assertThat(Memfd.seals(arena.file()).contains(Seal.GROW)).isTrue();
    assertThat(FileIo.dataExtents(arena.file())).isEmpty();
    assertThatExceptionOfType(LinuxException.class)
        .isThrownBy(() -> FileIo.truncate(arena.file(), RESERVE * 2));
  }

  @Test
  void allocate_neverOverlapsAndIsZeroed() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<Extent> live = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      if (!live.isEmpty() && (live.size() > 100 || random.nextBoolean())) {
        Extent extent = live.remove(random.nextInt(live.size()));
        assertThat(bytes(extent).mismatch(filled(extent))).as("seed %d", seed).isEqualTo(-1);
        arena.free(extent);
      } else {
        Extent extent =
            arena.allocate(1 + random.nextInt(5000), 8, Integrity.CHECKED, new Object());
        byte[] zeros = new byte[(int) extent.byteSize()];
        assertThat(bytes(extent).mismatch(MemorySegment.ofArray(zeros)))
            .as("seed %d", seed)
            .isEqualTo(-1);
        bytes(extent).fill((byte) extent.offset());
        bytes(extent).set(ValueLayout.JAVA_BYTE, 0, (byte) 1);
        live.add(extent);
      }
    }
    live.forEach(arena::free);
    assertThat(arena.extents()).isEmpty();
    assertThat(arena.allocate(RESERVE - HandoverArena.PAGE, 8, Integrity.CHECKED, this).offset())
        .as("everything is free again, in one piece; seed %d", seed)
        .isEqualTo(HandoverArena.PAGE);
  }

  private MemorySegment bytes(Extent extent) {
    return arena.segment().asSlice(extent.offset(), extent.byteSize());
  }

  private static MemorySegment filled(Extent extent) {
    MemorySegment expected = MemorySegment.ofArray(new byte[(int) extent.byteSize()]);
    expected.fill((byte) extent.offset());
    expected.set(ValueLayout.JAVA_BYTE, 0, (byte) 1);
    return expected;
  }

  @Test
  void allocate_alignedAsAsked() throws Exception {
    arena.allocate(1, 8, Integrity.CHECKED, this);

    assertThat(arena.allocate(1, 4096, Integrity.CHECKED, this).offset() % 4096).isZero();
  }

  @Test
  void allocate_moreThanThereIs() {
    assertThatExceptionOfType(HandoverMemoryException.class)
        .isThrownBy(() -> arena.allocate(RESERVE, 8, Integrity.CHECKED, this))
        .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENOMEM));
    assertThatExceptionOfType(HandoverMemoryException.class)
        .isThrownBy(() -> arena.allocate(Long.MAX_VALUE, 8, Integrity.CHECKED, this));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> arena.allocate(0, 8, Integrity.CHECKED, this));
  }

  private OwnedMemory ownedMemory() {
    return new OwnedMemory(
        arena, new Object(), new Quota(Compatible.of("any-v1"), HandlerLimits.none()));
  }

  @Test
  void ownedMemory_showsNobodyElsesAllocation() throws Exception {
    OwnedMemory mine = ownedMemory();
    OwnedMemory yours = ownedMemory();
    Handle handle = mine.allocate(100);

    assertThat(mine.map(handle).byteSize()).isEqualTo(100);
    assertThatIllegalArgumentException().isThrownBy(() -> yours.map(handle));
    assertThatIllegalArgumentException().isThrownBy(() -> yours.free(handle));
    assertThatIllegalArgumentException().isThrownBy(() -> mine.map(Handle.NONE));
  }

  @Test
  void ownedMemory_releasesWhatIsNewerThanTheMark() throws Exception {
    OwnedMemory memory = ownedMemory();
    Handle before = memory.allocate(1);
    long mark = memory.mark();
    Handle freed = memory.allocate(1);
    Handle after = memory.allocate(1);
    memory.free(freed);

    memory.releaseSince(mark);

    assertThat(memory.map(before).byteSize()).isEqualTo(1);
    assertThatIllegalArgumentException().isThrownBy(() -> memory.map(after));
    memory.release();
    assertThat(arena.extents()).isEmpty();
  }
}
