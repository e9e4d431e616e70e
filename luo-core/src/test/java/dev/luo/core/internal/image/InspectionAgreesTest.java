// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.core.ImageAbi;
import dev.luo.core.ImageRefusedException;
import dev.luo.core.inspect.Finding;
import dev.luo.core.inspect.ImageInspection;
import dev.luo.core.inspect.Severity;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An inspection finds an error if and only if the reader refuses the image. */
class InspectionAgreesTest {

  private static final long MEMORY_SIZE = 0x5_0000;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  private static TestMemory everything(ImageAbi abi) throws Exception {
    TestMemory memory = new TestMemory(MEMORY_SIZE);
    memory.format(abi).publish(Images.ofEverything());
    return memory;
  }

  /** Returns whether the image is refused. */
  private boolean agree(MemorySegment memory) {
    ImageInspection inspection = ImageInspection.of(memory);
    try {
      ImageReader.read(memory);
      assertThat(inspection.isAccepted()).as("seed %d: %s", seed, inspection).isTrue();
      return false;
    } catch (ImageRefusedException e) {
      assertThat(inspection.isAccepted()).as("seed %d: %s", seed, e).isFalse();
      Finding first =
          inspection.findings().stream()
              .filter(finding -> finding.severity() == Severity.ERROR)
              .findFirst()
              .orElseThrow();
      assertThat(e)
          .as("seed %d: %s", seed, inspection)
          .hasMessage("image refused: " + first.structure() + ": " + first.what());
      assertThat(inspection.toJson()).startsWith("{\"accepted\":false");
      return true;
    }
  }

  @ParameterizedTest
  @EnumSource(ImageAbi.class)
  void onWholeImages(ImageAbi abi) throws Exception {
    assertThat(agree(everything(abi).segment())).isFalse();
    TestMemory empty = new TestMemory(MEMORY_SIZE);
    ImageWriter writer = empty.format(abi);
    assertThat(agree(empty.segment())).as("nothing is published").isTrue();
    writer.publish(Images.empty());
    assertThat(agree(empty.segment())).isFalse();
    writer.publish(Images.ofSessions(Images.sessions(120)));
    assertThat(agree(empty.segment())).isFalse();
    writer.withdraw();
    assertThat(agree(empty.segment())).isTrue();
  }

  @ParameterizedTest
  @EnumSource(ImageAbi.class)
  void onDamage(ImageAbi abi) throws Exception {
    MemorySegment memory = everything(abi).segment();
    int refused = 0;
    for (int i = 0; i < 1500; i++) {
      long at = interesting(memory);
      byte before = memory.get(ValueLayout.JAVA_BYTE, at);
      memory.set(ValueLayout.JAVA_BYTE, at, (byte) (before ^ 1 << random.nextInt(8)));
      refused += agree(memory) ? 1 : 0;
      memory.set(ValueLayout.JAVA_BYTE, at, before);
    }
    assertThat(refused).isPositive();
  }

  @ParameterizedTest
  @EnumSource(ImageAbi.class)
  void onForgery(ImageAbi abi) throws Exception {
    TestMemory original = everything(abi);
    int refused = 0;
    for (int i = 0; i < 1500; i++) {
      Forgery image = new Forgery(original);
      for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
        change(image);
      }
      try {
        image.sealed();
      } catch (IndexOutOfBoundsException e) {
        // Some checksum can no longer be found, and stays wrong.
      }
      refused += agree(image.memory()) ? 1 : 0;
    }
    assertThat(refused).isPositive();
  }

  private void change(Forgery image) {
    long at = interesting(image.memory()) & -8;
    switch (random.nextInt(4)) {
      case 0 -> image.u8(at + random.nextInt(8), random.nextInt(256));
      case 1 -> image.u64(at, image.u64(at) + random.nextInt(-2, 3));
      case 2 -> image.u64(at, random.nextInt((int) (MEMORY_SIZE / 4096)) * 4096L);
      default -> image.u64(at, image.u64(interesting(image.memory()) & -8));
    }
  }

  /** Returns a place near the beginning of a page that is in use. */
  private long interesting(MemorySegment memory) {
    while (true) {
      long page = random.nextLong(MEMORY_SIZE / 4096) * 4096;
      if (memory.get(ValueLayout.JAVA_LONG, page) != 0
          || memory.get(ValueLayout.JAVA_LONG, page + 8) != 0) {
        return page + random.nextInt(page == 0 ? 1024 : 400);
      }
    }
  }

  @Test
  void onNoise() {
    byte[] noise = new byte[5 * 4096];
    MemorySegment memory = new TestMemory(noise.length).segment();
    for (int i = 0; i < 300; i++) {
      random.nextBytes(noise);
      MemorySegment.copy(noise, 0, memory, ValueLayout.JAVA_BYTE, 0, noise.length);
      assertThat(agree(memory)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(ImageAbi.class)
  void onTruncations(ImageAbi abi) throws Exception {
    MemorySegment memory = everything(abi).segment();
    List<Long> sizes = new ArrayList<>(List.of(0L, 1L, 63L, 4095L, 4096L, 8191L, 8192L));
    for (long size = 12_288; size < MEMORY_SIZE; size += 4096 * 5 + 1) {
      sizes.add(size);
    }
    for (long size : sizes) {
      assertThat(agree(memory.asSlice(0, size))).as("%d bytes", size).isTrue();
    }
  }
}
