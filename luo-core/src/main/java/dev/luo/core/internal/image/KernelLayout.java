// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

/**
 * Sizes and offsets of the kernel's {@code luo-v5} and {@code luo-v1}, under the kernel's names.
 * Entries are the same in both. Everything is little-endian; an address is an offset into handover
 * memory, and 0 is none.
 */
final class KernelLayout {

  static final int PAGE_SIZE = 4096;

  static final int ROOT_COMPATIBLE = 0;
  static final int ROOT_LIVEUPDATE_NUM = 8;
  static final int ROOT_SESSIONS_PA = 16;
  static final int ROOT_FLBS_PA = 24;

  /** In place of the sessions, if these are found by a tree. */
  static final int ROOT_FDT = 16;

  /** The eight bytes "luo-v5", NUL, NUL as one number. */
  static final long ROOT_LUO_V5 = 0x0000_3576_2d6f_756cL;

  /** The eight bytes "luo-v1", NUL, NUL as one number. */
  static final long ROOT_LUO_V1 = 0x0000_3176_2d6f_756cL;

  static final int BLOCK_NEXT = 0;
  static final int BLOCK_COUNT = 8;
  static final int BLOCK_ENTRIES = 16;

  /** The area of all sessions in {@code luo-v1}: a count, and entries. */
  static final int SESSION_AREA_PAGES = 16;

  static final int SESSION_AREA_COUNT = 0;
  static final int SESSION_AREA_ENTRIES = 8;

  /** The area of the files of one session in {@code luo-v1}: entries, and nothing else. */
  static final int FILE_AREA_PAGES = 2;

  /** The longest chain of blocks (LUO-DES-06). */
  static final int MAX_BLOCKS = 10_000;

  static final int SESSION_NAME = 0;
  static final int SESSION_NAME_WIDTH = 64;
  static final int SESSION_FILES = 64;
  static final int SESSION_COUNT = 72;
  static final int SESSION_SIZE = 80;

  static final int COMPATIBLE_WIDTH = 48;

  static final int FILE_COMPATIBLE = 0;
  static final int FILE_DATA = 48;
  static final int FILE_TOKEN = 56;
  static final int FILE_SIZE = 64;

  static final int FLBS_PGCNT = 0;
  static final int FLBS_COUNT = 8;
  static final int FLB_NAME = 0;
  static final int FLB_DATA = 48;
  static final int FLB_COUNT = 56;
  static final int FLB_SIZE = 64;

  private KernelLayout() {}
}
