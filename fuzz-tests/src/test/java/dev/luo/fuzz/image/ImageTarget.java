// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.fuzz.image;

import dev.luo.core.ImageRefusedException;
import dev.luo.core.internal.image.Image;
import dev.luo.fuzz.Target;
import dev.luo.linux.FileIdentity;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * Images as luo writes them, changed, and with their checksums right again, so that what lies
 * behind them is reached.
 *
 * <p>A change that a checksum is sure to notice is refused or has changed nothing that is read.
 * What is accepted otherwise has the {@linkplain ImageProperties properties} of an image.
 */
public final class ImageTarget implements Target {

  private final List<byte[]> bases;

  /** Writes the base images. */
  public ImageTarget() throws Exception {
    bases = BaseImages.all(new FileIdentity(1, 4711));
  }

  @Override
  public List<byte[]> seeds() {
    return ImageInput.seeds(bases);
  }

  @Override
  public void test(byte[] input) throws Exception {
    ImageInput changed = ImageInput.of(input, bases);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = memory(arena, changed.image());
      Image image;
      try {
        image = ImageProperties.read(memory);
      } catch (ImageRefusedException refused) {
        return;
      }
      if (changed.onlyBurst()) {
        ImageProperties.checkSame(image, ImageProperties.read(memory(arena, changed.base())));
      }
      ImageProperties.check(memory, image);
    }
  }

  private static MemorySegment memory(Arena arena, byte[] image) {
    MemorySegment memory = arena.allocate(Math.max(1, image.length), 4096);
    MemorySegment.copy(image, 0, memory, ValueLayout.JAVA_BYTE, 0, image.length);
    return memory.asSlice(0, image.length);
  }
}
