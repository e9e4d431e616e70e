// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static dev.luo.core.internal.image.HeaderLayout.BOOT_ID;
import static dev.luo.core.internal.image.HeaderLayout.CHECKSUM;
import static dev.luo.core.internal.image.HeaderLayout.CLAIM;
import static dev.luo.core.internal.image.HeaderLayout.CLAIM_END;
import static dev.luo.core.internal.image.HeaderLayout.GENERATION;
import static dev.luo.core.internal.image.HeaderLayout.HEADER_END;
import static dev.luo.core.internal.image.HeaderLayout.LAYOUT_VERSION;
import static dev.luo.core.internal.image.HeaderLayout.MAGIC;
import static dev.luo.core.internal.image.HeaderLayout.MAGIC_VALUE;
import static dev.luo.core.internal.image.HeaderLayout.MEMORY_SIZE;
import static dev.luo.core.internal.image.HeaderLayout.NONCE;
import static dev.luo.core.internal.image.HeaderLayout.PUBLISHED;
import static dev.luo.core.internal.image.HeaderLayout.PUBLISHED_END;
import static dev.luo.core.internal.image.HeaderLayout.RESERVED;
import static dev.luo.core.internal.image.HeaderLayout.ROOT_SLOTS;
import static dev.luo.core.internal.image.HeaderLayout.ROOT_SLOTS_END;
import static dev.luo.core.internal.image.HeaderLayout.VERSION;

import dev.luo.core.ImageRefusedException;
import java.util.UUID;

/**
 * The first 64 bytes of page 0, which are written once.
 *
 * @param identity which memory this is
 * @param memorySize its size in bytes, a multiple of the page size
 */
record Header(ImageIdentity identity, long memorySize) {

  /** Fills in page 0 of a memory in which nothing is published. */
  void write(Page page) {
    page.clear();
    page.putU64(MAGIC, MAGIC_VALUE);
    page.putU32(VERSION, LAYOUT_VERSION);
    page.putU32(HeaderLayout.PAGE_SIZE, KernelLayout.PAGE_SIZE);
    page.putU64(MEMORY_SIZE, memorySize);
    page.putU64(NONCE, identity.nonce());
    page.putU64(GENERATION, identity.generation());
    // As a boot id is printed, so that it can be recognised in a dump.
    page.putU64(BOOT_ID, Long.reverseBytes(identity.bootId().getMostSignificantBits()));
    page.putU64(BOOT_ID + 8, Long.reverseBytes(identity.bootId().getLeastSignificantBits()));
    page.putU32(CHECKSUM, page.crc32c(0, CHECKSUM));
  }

  /**
   * Checks page 0, except for the two words and the root slots.
   *
   * @param available how much memory there is to be read
   */
  static Header read(Page page, long available) throws ImageRefusedException {
    if (page.u64(MAGIC) != MAGIC_VALUE) {
      throw refuse("this is not an image of luo");
    }
    if (page.u32(VERSION) != LAYOUT_VERSION) {
      throw refuse(
          "layout version "
              + Integer.toUnsignedString(page.u32(VERSION))
              + ", and "
              + LAYOUT_VERSION
              + " is the one that is understood");
    }
    if (page.crc32c(0, CHECKSUM) != page.u32(CHECKSUM)) {
      throw refuse("the checksum is wrong");
    }
    if (page.u32(HeaderLayout.PAGE_SIZE) != KernelLayout.PAGE_SIZE) {
      throw refuse("pages of " + Integer.toUnsignedString(page.u32(HeaderLayout.PAGE_SIZE)));
    }
    long memorySize = page.u64(MEMORY_SIZE);
    if (memorySize < 2L * KernelLayout.PAGE_SIZE || memorySize % KernelLayout.PAGE_SIZE != 0) {
      throw refuse("a memory of " + Long.toUnsignedString(memorySize) + " bytes");
    }
    if (memorySize > available) {
      throw refuse("of " + memorySize + " bytes of memory only " + available + " are there");
    }
    if (page.u64(GENERATION) == 0) {
      throw refuse("generation 0");
    }
    if (!page.isZero(RESERVED, CHECKSUM)
        || !page.isZero(HEADER_END, PUBLISHED)
        || !page.isZero(PUBLISHED_END, CLAIM)
        || !page.isZero(CLAIM_END, ROOT_SLOTS)
        || !page.isZero(ROOT_SLOTS_END, KernelLayout.PAGE_SIZE)) {
      throw refuse("reserved bytes are not zero");
    }
    UUID bootId =
        new UUID(Long.reverseBytes(page.u64(BOOT_ID)), Long.reverseBytes(page.u64(BOOT_ID + 8)));
    return new Header(new ImageIdentity(page.u64(NONCE), page.u64(GENERATION), bootId), memorySize);
  }

  private static ImageRefusedException refuse(String message) {
    return new ImageRefusedException("header", message);
  }
}
