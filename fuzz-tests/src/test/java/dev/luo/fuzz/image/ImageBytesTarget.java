// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.fuzz.image;

import dev.luo.core.ImageRefusedException;
import dev.luo.core.internal.image.Image;
import dev.luo.fuzz.Target;
import dev.luo.linux.FileIdentity;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * Any bytes as an image. The first byte of an input says what is put right, the others are the
 * image without its zeroes: a length, so many bytes, a number of zeroes in two bytes, and so on.
 */
public final class ImageBytesTarget implements Target {

  private static final int MAX_IMAGE = 1 << 18;
  private static final int MAX_RUN = 255;
  private static final int MAX_ZEROES = 0xffff;

  @Override
  public List<byte[]> seeds() throws Exception {
    return BaseImages.all(new FileIdentity(1, 4711)).stream()
        .map(ImageBytesTarget::packed)
        .toList();
  }

  @Override
  public void test(byte[] input) throws Exception {
    if (input.length == 0) {
      return;
    }
    byte[] bytes = unpacked(input);
    new ImageRepair(bytes).repair((input[0] & 1) != 0, (input[0] & 2) != 0);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory =
          arena.allocate(Math.max(1, bytes.length), 4096).asSlice(0, bytes.length);
      MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, 0, bytes.length);
      Image image;
      try {
        image = ImageProperties.read(memory);
      } catch (ImageRefusedException refused) {
        return;
      }
      ImageProperties.check(memory, image);
    }
  }

  private static byte[] packed(byte[] image) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    packed.write(3);
    int at = 0;
    while (at < image.length) {
      int end = at;
      while (end < image.length && end - at < MAX_RUN && !isZero(image, end)) {
        end++;
      }
      packed.write(end - at);
      packed.write(image, at, end - at);
      int next = end;
      while (next < image.length && next - end < MAX_ZEROES && image[next] == 0) {
        next++;
      }
      packed.write(next - end);
      packed.write((next - end) >>> 8);
      at = next;
    }
    return packed.toByteArray();
  }

  /** A few zeroes among other bytes stay there. */
  private static boolean isZero(byte[] image, int at) {
    for (int i = at; i < Math.min(image.length, at + 4); i++) {
      if (image[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static byte[] unpacked(byte[] input) {
    ByteArrayOutputStream image = new ByteArrayOutputStream();
    int at = 1;
    while (at < input.length && image.size() < MAX_IMAGE) {
      int length = Math.min(Byte.toUnsignedInt(input[at]), input.length - at - 1);
      image.write(input, at + 1, length);
      at += 1 + length;
      if (at + 2 <= input.length) {
        int zeroes = Byte.toUnsignedInt(input[at]) | Byte.toUnsignedInt(input[at + 1]) << 8;
        image.writeBytes(new byte[zeroes]);
      }
      at += 2;
    }
    return image.toByteArray();
  }
}
