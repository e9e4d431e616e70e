// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

/** Offsets in the entries of the extension directory and in the records of the extensions. */
final class DirectoryLayout {

  static final int ENTRY_SIZE = 32;
  static final int TYPE = 0;
  static final int VERSION = 4;
  static final int FLAGS = 6;
  static final int OFFSET = 8;
  static final int LENGTH = 16;
  static final int CHECKSUM = 24;
  static final int RESERVED = 28;

  static final int FLAG_MANDATORY = 1;

  /** The directory is one page. */
  static final int MAX_ENTRIES = KernelLayout.PAGE_SIZE / ENTRY_SIZE;

  static final int BLOCK_SIZE = 16;
  static final int BLOCK_ADDRESS = 0;
  static final int BLOCK_CHECKSUM = 8;
  static final int BLOCK_KIND = 12;
  static final int BLOCK_ENTRIES = 14;

  static final int FILE_FLAGS_SIZE = 4;
  static final int FILE_FROZEN = 1;
  static final int FILE_OPTIONAL = 2;

  static final int SLOT_SIZE = 32;
  static final int SLOT_NUMBER = 0;
  static final int SLOT_DESCRIPTOR = 4;
  static final int SLOT_OWNER = 8;
  static final int SLOT_OWNER_KIND = 12;
  static final int SLOT_FD_KIND = 14;
  static final int SLOT_DEVICE = 16;
  static final int SLOT_INODE = 24;

  static final int EXTENT_SIZE = 32;
  static final int EXTENT_OFFSET = 0;
  static final int EXTENT_LENGTH = 8;
  static final int EXTENT_CHECKSUM = 16;
  static final int EXTENT_INTEGRITY = 20;
  static final int EXTENT_OWNER_KIND = 22;
  static final int EXTENT_OWNER = 24;
  static final int EXTENT_RESERVED = 28;

  /** Handlers may rely on it: what they map is aligned. */
  static final int EXTENT_ALIGNMENT = 8;

  static final int PHASE_SIZE = 64;
  static final int PHASE_NAME = 0;
  static final int PHASE_NAME_WIDTH = 48;
  static final int PHASE_START = 48;
  static final int PHASE_DURATION = 56;

  private DirectoryLayout() {}
}
