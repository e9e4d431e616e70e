// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.spi.CorruptRecordException;
import dev.luo.spi.Handle;
import dev.luo.spi.Integrity;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageMapTest {

  private static final Handle SMALL = Handle.of(0x4_0000);
  private static final Handle LARGE = Handle.of(0x4_1000);
  private static final Handle UNCHECKED = Handle.of(0x4_4000);
  private static final Owner OF_SMALL = new Owner.OfFile(0, 0);
  private static final Owner OF_LARGE = new Owner.OfFile(2, 0);

  private final TestMemory memory = new TestMemory(0x5_0000);
  private Image image;

  @BeforeEach
  void publishFilledExtents() throws Exception {
    for (long at = 0x4_0000; at < 0x5_0000; at++) {
      memory.segment().set(ValueLayout.JAVA_BYTE, at, (byte) (at * 31));
    }
    memory.format().publish(Images.ofEverything());
    image = ImageReader.read(memory.segment());
  }

  private void damage(long at) {
    byte before = memory.segment().get(ValueLayout.JAVA_BYTE, at);
    memory.segment().set(ValueLayout.JAVA_BYTE, at, (byte) (before ^ 4));
  }

  @Test
  void map_lendsExactlyWhatWasAllocated_readOnly() throws Exception {
    MemorySegment bytes = image.map(SMALL, OF_SMALL);

    assertThat(bytes.byteSize()).isEqualTo(100);
    assertThat(bytes.isReadOnly()).isTrue();
    assertThat(bytes.mismatch(memory.segment().asSlice(0x4_0000, 100))).isEqualTo(-1);
    assertThat(image.map(LARGE, OF_LARGE).byteSize()).isEqualTo(5000);
    assertThat(image.map(UNCHECKED, new Owner.OfImage()).byteSize()).isEqualTo(0x8000);
  }

  @Test
  void map_refusesWhatBelongsToSomebodyElse() {
    for (Owner other :
        List.of(new Owner.OfFile(0, 1), OF_LARGE, new Owner.OfFlb(0), new Owner.OfImage())) {
      assertThatExceptionOfType(CorruptRecordException.class)
          .isThrownBy(() -> image.map(SMALL, other))
          .withMessageContaining("0x40000 is no allocation of " + other);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 8, 4096, 0x4_0008, 0x4_0001, 0x5_0000, -1, Long.MIN_VALUE})
  void map_refusesHandlesThatAreNoAllocation(long handle) {
    assertThatExceptionOfType(CorruptRecordException.class)
        .isThrownBy(() -> image.map(Handle.of(handle), OF_SMALL));
    assertThat(image.extent(Handle.of(handle))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {0x4_1000, 0x4_1fff, 0x4_2000, 0x4_2387})
  void map_refusesBytesThatHaveChanged(long at) throws Exception {
    damage(at);

    assertThatExceptionOfType(CorruptRecordException.class)
        .isThrownBy(() -> image.map(LARGE, OF_LARGE))
        .withMessage("the 5000 bytes at 0x41000 are not those that file 0 of session 2 left");
    assertThat(image.map(SMALL, OF_SMALL)).isNotNull();
  }

  @Test
  void map_refusesEveryBitFlip() throws Exception {
    for (long at = 0x4_0000; at < 0x4_0000 + 100; at++) {
      damage(at);
      assertThatExceptionOfType(CorruptRecordException.class)
          .isThrownBy(() -> image.map(SMALL, OF_SMALL));
      damage(at);
    }
    assertThat(image.map(SMALL, OF_SMALL)).isNotNull();
  }

  @Test
  void map_doesNotMindChangesBehindTheAllocation() throws Exception {
    damage(0x4_0000 + 100);
    damage(0x4_1000 + 5000);

    assertThat(image.map(SMALL, OF_SMALL)).isNotNull();
    assertThat(image.map(LARGE, OF_LARGE)).isNotNull();
  }

  @Test
  void map_doesNotMindChangesOfUncheckedBytes() throws Exception {
    damage(0x4_4000);

    assertThat(image.map(UNCHECKED, new Owner.OfImage())).isNotNull();
  }

  @Test
  void read_doesNotLookAtTheBytesOfAllocations() throws Exception {
    damage(0x4_0000);
    damage(0x4_1000);

    assertThat(ImageReader.read(memory.segment()).content()).isEqualTo(Images.ofEverything());
  }

  @Test
  void verifyExtent_ofEachAllocation() throws Exception {
    damage(0x4_0080);
    for (ExtentEntry extent : image.content().extents()) {
      if (extent.handle().value() == 0x4_0080) {
        assertThatExceptionOfType(CorruptRecordException.class)
            .isThrownBy(() -> image.verifyExtent(extent));
      } else {
        image.verifyExtent(extent);
      }
    }
  }

  @Test
  void verifyExtent_ofAnotherImage() {
    ExtentEntry extent =
        new ExtentEntry(Handle.of(0x4_0008), 8, Integrity.CHECKED, new Owner.OfImage());

    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> image.verifyExtent(extent));
  }

  @Test
  void extent_byItsHandle() {
    for (ExtentEntry extent : image.content().extents()) {
      assertThat(image.extent(extent.handle())).contains(extent);
    }
  }
}
