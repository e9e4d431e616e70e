// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

/**
 * Offsets in page 0 of handover memory, and in the root slots that lie there. What is written once,
 * what is changed atomically, and what is rewritten for each image lie on cache lines of their own.
 */
final class HeaderLayout {

  /** The eight bytes "luoimage" as one number. */
  static final long MAGIC_VALUE = 0x6567_616d_696f_756cL;

  /** The layout of page 0, of the root slots and of the directory. */
  static final int LAYOUT_VERSION = 1;

  static final int MAGIC = 0;
  static final int VERSION = 8;
  static final int PAGE_SIZE = 12;
  static final int MEMORY_SIZE = 16;
  static final int NONCE = 24;
  static final int GENERATION = 32;
  static final int BOOT_ID = 40;
  static final int RESERVED = 56;
  static final int CHECKSUM = 60;
  static final int HEADER_END = 64;

  static final int PUBLISHED = 128;
  static final int PUBLISHED_END = 136;
  static final int CLAIM = 192;
  static final int CLAIM_END = 200;

  static final int ROOT_SLOTS = 256;
  static final int ROOT_SLOT_SIZE = 256;
  static final int ROOT_SLOTS_END = ROOT_SLOTS + 2 * ROOT_SLOT_SIZE;

  // In a root slot, behind the kernel's root of 32 bytes.
  static final int ROOT_PUBLICATION = 32;
  static final int ROOT_ORIGIN = 40;
  static final int ROOT_EXTENSIONS = 44;
  static final int ROOT_DIRECTORY = 48;
  static final int ROOT_DIRECTORY_CHECKSUM = 56;
  static final int ROOT_RESERVED = 60;
  static final int ROOT_MONOTONIC = 64;
  static final int ROOT_REALTIME = 72;
  static final int ROOT_FIELDS_END = 80;
  static final int ROOT_CHECKSUM = 252;

  private HeaderLayout() {}

  /** Returns the place of a root slot in page 0. */
  static int rootSlot(int index) {
    return ROOT_SLOTS + index * ROOT_SLOT_SIZE;
  }
}
