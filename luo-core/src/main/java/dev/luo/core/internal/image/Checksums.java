// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static dev.luo.core.internal.image.KernelLayout.PAGE_SIZE;

import java.lang.foreign.MemorySegment;
import java.util.zip.CRC32C;

/**
 * CRC-32C (Castagnoli) over ranges of handover memory that may be larger than a page, or than a
 * buffer.
 */
final class Checksums {

  /** The most bytes that one buffer is made for. */
  private static final long STRIDE = 1L << 30;

  private Checksums() {}

  /** Computes the checksum of a range. */
  static int of(MemorySegment memory, long offset, long byteSize) {
    CRC32C crc = new CRC32C();
    for (long done = 0; done < byteSize; done += STRIDE) {
      long part = Math.min(STRIDE, byteSize - done);
      crc.update(memory.asSlice(offset + done, part).asByteBuffer());
    }
    return (int) crc.getValue();
  }

  /** Computes the checksum of a range, of which no more than a page is ever in memory. */
  static int of(ImageBytes image, long offset, long byteSize, Page scratch) {
    CRC32C crc = new CRC32C();
    for (long done = 0; done < byteSize; done += PAGE_SIZE) {
      int part = (int) Math.min(PAGE_SIZE, byteSize - done);
      scratch.load(image, offset + done, part);
      crc.update(scratch.bytes(), 0, part);
    }
    return (int) crc.getValue();
  }

  /** Computes the checksum of a range; small ones leave no garbage behind. */
  static int of(MemorySegment memory, long offset, long byteSize, Page scratch) {
    if (byteSize > PAGE_SIZE) {
      return of(memory, offset, byteSize);
    }
    scratch.load(new MappedBytes(memory), offset, (int) byteSize);
    return scratch.crc32c(0, (int) byteSize);
  }
}
