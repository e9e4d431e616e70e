// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static dev.luo.core.internal.image.KernelLayout.PAGE_SIZE;

/**
 * An entry of the extension directory: where something stands that the kernel's layout has no room
 * for.
 *
 * @param type what it is
 * @param version of its records; 1 is the first
 * @param mandatory whether a reader that does not know it must refuse the image
 * @param offset of its first page
 * @param byteSize its length, at least 1; it ends with zeroes up to the next page
 * @param checksum CRC-32C of its pages, the zeroes included
 */
record Extension(
    int type, int version, boolean mandatory, long offset, long byteSize, int checksum) {

  /** Address, checksum, kind and entry count of each page in the kernel's layout. */
  static final int BLOCKS = 1;

  /** Flags of each file. */
  static final int FILE_FLAGS = 2;

  /** The carried descriptors. */
  static final int SLOTS = 3;

  /** The allocations of handover memory. */
  static final int EXTENTS = 4;

  /** The phases of the update. */
  static final int TIMELINE = 5;

  /** The version of all of the above. */
  static final int VERSION_1 = 1;

  /** Returns how much memory it takes. */
  long pagesSize() {
    return pagesSize(byteSize);
  }

  /** Tells whether there are records that are understood here. */
  boolean isKnown() {
    return type >= BLOCKS && type <= TIMELINE && version == VERSION_1;
  }

  /** Tells whether no byte of it lies in a range. */
  boolean isApart(long from, long size) {
    return offset >= from + size || from >= offset + pagesSize();
  }

  /** Rounds up to whole pages. */
  static long pagesSize(long byteSize) {
    return (byteSize + PAGE_SIZE - 1) & -PAGE_SIZE;
  }

  /** Names a type, also one that is not known. */
  static String name(int type) {
    return switch (type) {
      case BLOCKS -> "block table";
      case FILE_FLAGS -> "file flags";
      case SLOTS -> "slot table";
      case EXTENTS -> "extent table";
      case TIMELINE -> "timeline";
      default -> "extension " + Integer.toUnsignedString(type);
    };
  }
}
