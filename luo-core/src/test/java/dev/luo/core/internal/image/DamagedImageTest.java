// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static dev.luo.core.Importance.MANDATORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.core.ImageAbi;
import dev.luo.core.ImageRefusedException;
import dev.luo.spi.Handle;
import dev.luo.spi.Token;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Damage as it happens by itself: bits that flip, ends that are missing. */
class DamagedImageTest {

  private static final long MEMORY_SIZE = 0x5_0000;

  /** Bytes of page 0 that say nothing about an image whose root is in slot A. */
  private static boolean isIdle(long at) {
    boolean claimWord = at >= 192 && at < 200;
    boolean rootB = at >= 512 && at < 768;
    return claimWord || rootB;
  }

  private static TestMemory published() throws Exception {
    return published(ImageAbi.LUO_V5);
  }

  private static TestMemory published(ImageAbi abi) throws Exception {
    TestMemory memory = new TestMemory(MEMORY_SIZE);
    memory.format(abi).publish(Images.ofEverything());
    return memory;
  }

  /** Returns the end of what an image of everything takes, allocations apart. */
  private static long end(MemorySegment memory) {
    return end(memory, ImageAbi.LUO_V5);
  }

  private static long end(MemorySegment memory, ImageAbi abi) {
    // Page 0, directory, five extensions, FLB table, one session block, two file blocks; or, behind
    // the extensions, a tree, the FLB table, the session area and two file areas.
    long end = abi == ImageAbi.LUO_V5 ? 11 * 4096 : 29 * 4096;
    assertThat(memory.asSlice(end, 4096).mismatch(zeroes())).isEqualTo(-1);
    return end;
  }

  private static MemorySegment zeroes() {
    return MemorySegment.ofArray(new byte[4096]);
  }

  private static boolean isRefused(MemorySegment memory) {
    try {
      ImageReader.read(memory);
      return false;
    } catch (ImageRefusedException e) {
      return true;
    }
  }

  @ParameterizedTest
  @EnumSource(ImageAbi.class)
  void ser25_des03_des04_des09_des17_read_refusesEveryBitFlip(ImageAbi abi) throws Exception {
    MemorySegment memory = published(abi).segment();
    List<Long> wrong = new ArrayList<>();
    long end = end(memory, abi);
    for (long at = 0; at < end; at++) {
      byte before = memory.get(ValueLayout.JAVA_BYTE, at);
      boolean slack = before == 0 && (at < 4096 ? at >= 768 : at % 4096 >= 320);
      // Where nothing stands, one bit of each eight bytes, another one each time.
      if (slack && at % 8 != at / 8 % 8) {
        continue;
      }
      for (int bit = slack ? (int) (at / 64 % 8) : 0; bit < 8; bit += slack ? 8 : 1) {
        memory.set(ValueLayout.JAVA_BYTE, at, (byte) (before ^ 1 << bit));
        if (isIdle(at) == isRefused(memory)) {
          wrong.add(at);
        }
      }
      memory.set(ValueLayout.JAVA_BYTE, at, before);
    }
    assertThat(wrong).isEmpty();
    assertThat(ImageReader.read(memory).content()).isEqualTo(Images.ofEverything());
  }

  @Test
  void read_isNotChangedByIdleBytes() throws Exception {
    MemorySegment memory = published().segment();
    for (long at = 0; at < 4096; at++) {
      if (isIdle(at)) {
        byte before = memory.get(ValueLayout.JAVA_BYTE, at);
        memory.set(ValueLayout.JAVA_BYTE, at, (byte) ~before);
        assertThat(ImageReader.read(memory).content()).isEqualTo(Images.ofEverything());
        memory.set(ValueLayout.JAVA_BYTE, at, before);
      }
    }
  }

  @Test
  void des02_read_refusesEveryTruncation() throws Exception {
    MemorySegment memory = published().segment();
    for (long size = 0; size < MEMORY_SIZE; size += size < 12 * 4096 ? 61 : 4093) {
      assertThat(isRefused(memory.asSlice(0, size))).as("%d bytes", size).isTrue();
    }
    assertThat(isRefused(memory.asSlice(0, MEMORY_SIZE - 1))).isTrue();
  }

  @Test
  void des02_read_acceptsMoreMemoryThanTheImageNames() throws Exception {
    MemorySegment memory = published().segment();
    MemorySegment larger = Arena.ofAuto().allocate(MEMORY_SIZE + 12345, 4096).copyFrom(memory);

    assertThat(ImageReader.read(larger).content()).isEqualTo(Images.ofEverything());
  }

  @Test
  void des09_des17_read_refusesLostPages() throws Exception {
    MemorySegment memory = published().segment();
    for (long page = 0; page < end(memory); page += 4096) {
      byte[] before = memory.asSlice(page, 4096).toArray(ValueLayout.JAVA_BYTE);
      memory.asSlice(page, 4096).fill((byte) 0);
      assertThat(isRefused(memory)).as("page at %x", page).isTrue();
      MemorySegment.copy(before, 0, memory, ValueLayout.JAVA_BYTE, page, 4096);
    }
  }

  @Test
  void read_refusesSwappedPages() throws Exception {
    TestMemory original = new TestMemory(MEMORY_SIZE);
    List<FileEntry> files = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      files.add(new FileEntry(Images.MEMFD, Handle.of(8L * i), Token.of(i), true, MANDATORY));
    }
    original.format().publish(Images.ofSessions(List.of(new SessionEntry("s", files))));
    Forgery image = new Forgery(original);
    long first = image.file(0, 0) - 16;
    long second = image.u64(first);
    image.copy(second + 16, 0x4_8000, 4032);
    image.copy(first + 16, second + 16, 4032);
    image.copy(0x4_8000, first + 16, 4032);

    assertThatExceptionOfType(ImageRefusedException.class)
        .isThrownBy(() -> ImageReader.read(image.memory()))
        .satisfies(e -> assertThat(e.where()).isEqualTo("file block 0 of session 0"));
  }

  @Test
  void read_refusesNoise() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] noise = new byte[3 * 4096];
    TestMemory memory = new TestMemory(noise.length);
    for (int i = 0; i < 200; i++) {
      random.nextBytes(noise);
      MemorySegment.copy(noise, 0, memory.segment(), ValueLayout.JAVA_BYTE, 0, noise.length);
      assertThat(isRefused(memory.segment())).as("seed %d", seed).isTrue();
    }
  }

  @Test
  void des18_read_neverFailsOtherwise_onDamageWithRightChecksums() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    TestMemory memory = published();
    long end = end(memory.segment());
    int refused = 0;
    for (int i = 0; i < 500; i++) {
      Forgery image = new Forgery(memory);
      int changes = 1 + random.nextInt(3);
      for (int j = 0; j < changes; j++) {
        // Everything interesting stands at the beginning of a page.
        long at = random.nextInt((int) (end / 4096)) * 4096L + random.nextInt(320);
        image.u8(at, random.nextBoolean() ? random.nextInt(256) : 0);
      }
      // Of course the checksums can only be corrected as far as they can still be found.
      try {
        image.sealed();
      } catch (IndexOutOfBoundsException e) {
        continue;
      }
      refused += isRefused(image.memory()) ? 1 : 0;
    }
    assertThat(refused).as("seed %d", seed).isPositive();
  }
}
