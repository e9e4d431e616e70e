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
 * @param nonce of {@link ImageIdentity}
 * @param generation likewise
 * @param bootId likewise
 * @param memorySize its size in bytes, a multiple of the page size
 */
record Header(long nonce, long generation, UUID bootId, long memorySize) {

  private static final Place PLACE = Place.of("header", 0);

  /** Makes the header of a memory. */
  static Header of(ImageIdentity identity, long memorySize) {
    return new Header(identity.nonce(), identity.generation(), identity.bootId(), memorySize);
  }

  /** Returns which memory this is. */
  ImageIdentity identity() {
    return new ImageIdentity(nonce, generation, bootId);
  }

  /** Fills in page 0 of a memory in which nothing is published. */
  void write(Page page) {
    page.clear();
    page.putU64(MAGIC, MAGIC_VALUE);
    page.putU32(VERSION, LAYOUT_VERSION);
    page.putU32(HeaderLayout.PAGE_SIZE, KernelLayout.PAGE_SIZE);
    page.putU64(MEMORY_SIZE, memorySize);
    page.putU64(NONCE, nonce);
    page.putU64(GENERATION, generation);
    // As a boot id is printed, so that it can be recognised in a dump.
    page.putU64(BOOT_ID, Long.reverseBytes(bootId.getMostSignificantBits()));
    page.putU64(BOOT_ID + 8, Long.reverseBytes(bootId.getLeastSignificantBits()));
    page.putU32(CHECKSUM, page.crc32c(0, CHECKSUM));
  }

  /**
   * Checks page 0, except for the two words and the root slots.
   *
   * @param available how much memory there is to be read
   */
  static Header read(Page page, long available, Findings findings) throws ImageRefusedException {
    if (page.u64(MAGIC) != MAGIC_VALUE) {
      findings.error(PLACE, MAGIC, "magic", "this is not an image of luo");
    }
    if (page.u32(VERSION) != LAYOUT_VERSION) {
      findings.error(
          PLACE,
          VERSION,
          "layout version",
          "layout version "
              + Integer.toUnsignedString(page.u32(VERSION))
              + ", and "
              + LAYOUT_VERSION
              + " is the one that is understood");
    }
    if (page.crc32c(0, CHECKSUM) != page.u32(CHECKSUM)) {
      findings.error(PLACE, CHECKSUM, "checksum", "the checksum is wrong");
    }
    if (page.u32(HeaderLayout.PAGE_SIZE) != KernelLayout.PAGE_SIZE) {
      findings.error(
          PLACE,
          HeaderLayout.PAGE_SIZE,
          "page size",
          "pages of " + Integer.toUnsignedString(page.u32(HeaderLayout.PAGE_SIZE)));
    }
    long memorySize = memorySize(page, available, findings);
    if (page.u64(GENERATION) == 0) {
      findings.error(PLACE, GENERATION, "generation", "generation 0");
    }
    requireZero(page, RESERVED, CHECKSUM, findings);
    requireZero(page, HEADER_END, PUBLISHED, findings);
    requireZero(page, PUBLISHED_END, CLAIM, findings);
    requireZero(page, CLAIM_END, ROOT_SLOTS, findings);
    requireZero(page, ROOT_SLOTS_END, KernelLayout.PAGE_SIZE, findings);
    UUID bootId =
        new UUID(Long.reverseBytes(page.u64(BOOT_ID)), Long.reverseBytes(page.u64(BOOT_ID + 8)));
    return new Header(page.u64(NONCE), page.u64(GENERATION), bootId, memorySize);
  }

  /** Returns the size that the header says, or as much as can be read if that is impossible. */
  private static long memorySize(Page page, long available, Findings findings)
      throws ImageRefusedException {
    long size = page.u64(MEMORY_SIZE);
    if (size < 2L * KernelLayout.PAGE_SIZE || size % KernelLayout.PAGE_SIZE != 0) {
      findings.error(
          PLACE,
          MEMORY_SIZE,
          "memory size",
          "a memory of " + Long.toUnsignedString(size) + " bytes");
    } else if (size > available) {
      findings.error(
          PLACE,
          MEMORY_SIZE,
          "memory size",
          "of " + size + " bytes of memory only " + available + " are there");
    } else {
      return size;
    }
    return available & -KernelLayout.PAGE_SIZE;
  }

  private static void requireZero(Page page, int from, int to, Findings findings)
      throws ImageRefusedException {
    if (!page.isZero(from, to)) {
      findings.error(PLACE, from, "reserved", "reserved bytes are not zero");
    }
  }
}
