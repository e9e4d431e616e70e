// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.table;

/**
 * Hands out blocks of the arena and takes them back, merging neighbours that are both free.
 *
 * <p>Free blocks are kept in lists by size, sixteen lists to each power of two, and two levels of
 * bitmaps find the first list that is not empty: two-level segregated fit (Masmano et al., 2004).
 * Every operation takes constant time, and the arena is one gapless row of blocks at any time,
 * which makes it easy to check.
 *
 * <pre>
 *   +0   byte size of this block, a multiple of 16; bit 0 set while it is used
 *   +8   byte size of the block before it, 0 for the first
 *   +16  next free block of the same list      } of a free block only;
 *   +24  previous free block of the same list  } the user's bytes otherwise
 * </pre>
 */
final class BlockHeap {
  static final long GRANULE = 16;
  static final long HEADER = 16;

  /** Smaller remainders stay with the block they are cut from: no item would fit into them. */
  static final long MINIMUM_BLOCK = 96;

  private static final long USED = 1;
  private static final long PREDECESSOR = 8;
  private static final long NEXT = 16;
  private static final long PREVIOUS = 24;

  private static final int LISTS_LOG2 = 4;
  private static final int LISTS = 1 << LISTS_LOG2;
  private static final int LEVELS = 48;

  /** How many blocks of the best fitting list are looked at before a larger one is cut. */
  private static final int PROBES = 8;

  private static final long AT_LEVEL_BITMAP = Layout.AT_FREE_LISTS;
  private static final long AT_LIST_BITMAPS = AT_LEVEL_BITMAP + Long.BYTES;
  private static final long AT_HEADS = 2048;

  private final Layout layout;

  BlockHeap(Layout layout) {
    this.layout = layout;
  }

  /** Makes the whole arena one free block. */
  void format() {
    long start = layout.arenaStart();
    writeBlock(start, layout.arenaEnd() - start, false);
    layout.putLong(start + PREDECESSOR, 0);
    link(start);
  }

  /** Returns the size of the block that holds so many bytes of payload. */
  static long blockSize(long payloadBytes) {
    return Math.max(MINIMUM_BLOCK, (payloadBytes + HEADER + GRANULE - 1) & -GRANULE);
  }

  /** Returns the largest block there can be. */
  long capacity() {
    return layout.arenaEnd() - layout.arenaStart();
  }

  /** Returns a free block of at least this size, still free, or 0 if there is none. */
  long find(long size) {
    int level = level(size);
    int list = list(size, level);
    long block = layout.longAt(head(level, list));
    for (int probe = 0; block != 0 && probe < PROBES; probe++) {
      if (size(block) >= size) {
        return block;
      }
      block = layout.longAt(block + NEXT);
    }
    // Any block of any list further up is large enough.
    long lists = layout.longAt(listBitmap(level)) & (-2L << list);
    if (lists == 0) {
      long levels = layout.longAt(AT_LEVEL_BITMAP) & (-2L << level);
      if (levels == 0) {
        return 0;
      }
      level = Long.numberOfTrailingZeros(levels);
      lists = layout.longAt(listBitmap(level));
    }
    return layout.longAt(head(level, Long.numberOfTrailingZeros(lists)));
  }

  /** Marks a free block as used and gives back what it has beyond the size wanted. */
  void take(long block, long size) {
    unlink(block);
    long whole = size(block);
    long rest = whole - size;
    if (rest < MINIMUM_BLOCK) {
      writeBlock(block, whole, true);
      return;
    }
    writeBlock(block, size, true);
    layout.putLong(block + size + PREDECESSOR, size);
    writeBlock(block + size, rest, false);
    tellSuccessor(block + size);
    link(block + size);
  }

  /** Takes a block back. Returns the free block that it is now, alone or as part of. */
  long free(long block) {
    long start = block;
    long size = size(block);
    long next = block + size;
    if (next < layout.arenaEnd() && !isUsed(next)) {
      unlink(next);
      size += size(next);
    }
    long before = predecessor(block);
    if (before != 0 && !isUsed(before)) {
      unlink(before);
      size += size(before);
      start = before;
    }
    writeBlock(start, size, false);
    tellSuccessor(start);
    link(start);
    return start;
  }

  long size(long block) {
    return layout.longAt(block) & ~USED;
  }

  boolean isUsed(long block) {
    return (layout.longAt(block) & USED) != 0;
  }

  /** Returns the block that ends where this one starts, or 0 for the first. */
  long predecessor(long block) {
    long size = layout.longAt(block + PREDECESSOR);
    return size == 0 ? 0 : block - size;
  }

  /** Returns the block that starts where this one ends, or 0 for the last. */
  long successor(long block) {
    long next = block + size(block);
    return next < layout.arenaEnd() ? next : 0;
  }

  private void writeBlock(long block, long size, boolean used) {
    layout.putLong(block, used ? size | USED : size);
  }

  private void tellSuccessor(long block) {
    long next = successor(block);
    if (next != 0) {
      layout.putLong(next + PREDECESSOR, size(block));
    }
  }

  private void link(long block) {
    int level = level(size(block));
    int list = list(size(block), level);
    long head = head(level, list);
    long first = layout.longAt(head);
    layout.putLong(block + NEXT, first);
    layout.putLong(block + PREVIOUS, 0);
    if (first != 0) {
      layout.putLong(first + PREVIOUS, block);
    }
    layout.putLong(head, block);
    layout.putLong(listBitmap(level), layout.longAt(listBitmap(level)) | (1L << list));
    layout.putLong(AT_LEVEL_BITMAP, layout.longAt(AT_LEVEL_BITMAP) | (1L << level));
  }

  private void unlink(long block) {
    int level = level(size(block));
    int list = list(size(block), level);
    long next = layout.longAt(block + NEXT);
    long previous = layout.longAt(block + PREVIOUS);
    if (next != 0) {
      layout.putLong(next + PREVIOUS, previous);
    }
    if (previous != 0) {
      layout.putLong(previous + NEXT, next);
      return;
    }
    layout.putLong(head(level, list), next);
    if (next == 0) {
      long lists = layout.longAt(listBitmap(level)) & ~(1L << list);
      layout.putLong(listBitmap(level), lists);
      if (lists == 0) {
        layout.putLong(AT_LEVEL_BITMAP, layout.longAt(AT_LEVEL_BITMAP) & ~(1L << level));
      }
    }
  }

  private static int level(long size) {
    return Long.SIZE - 1 - Long.numberOfLeadingZeros(size);
  }

  private static int list(long size, int level) {
    return (int) (size >>> (level - LISTS_LOG2)) & (LISTS - 1);
  }

  private static long listBitmap(int level) {
    return AT_LIST_BITMAPS + (long) level * Long.BYTES;
  }

  private static long head(int level, int list) {
    return AT_HEADS + ((long) level * LISTS + list) * Long.BYTES;
  }

  /**
   * Walks all free lists and returns how many blocks they hold and the sum of their fingerprints.
   *
   * @throws InvalidTableException if a list is broken or a bitmap does not agree with it
   */
  Tally verifyFreeLists() throws InvalidTableException {
    Tally tally = new Tally();
    long most = capacity() / MINIMUM_BLOCK;
    for (int level = 0; level < LEVELS; level++) {
      long lists = layout.longAt(listBitmap(level));
      boolean marked = (layout.longAt(AT_LEVEL_BITMAP) & (1L << level)) != 0;
      Verifier.require(marked == (lists != 0), "bitmap of level does not match its lists", level);
      for (int list = 0; list < LISTS; list++) {
        long block = layout.longAt(head(level, list));
        boolean filled = (lists & (1L << list)) != 0;
        Verifier.require(filled == (block != 0), "bitmap of list does not match it", level, list);
        long previous = 0;
        while (block != 0) {
          Verifier.requireBlock(layout, block);
          Verifier.require(!isUsed(block), "used block is in a free list", block);
          long size = size(block);
          Verifier.require(
              size >= MINIMUM_BLOCK && level(size) == level && list(size, level) == list,
              "block of that size is in another free list",
              block,
              size,
              level,
              list);
          Verifier.require(
              layout.longAt(block + PREVIOUS) == previous,
              "free block misses its previous one",
              block);
          tally.add(block);
          Verifier.require(tally.count() <= most, "the free lists run in a circle");
          previous = block;
          block = layout.longAt(block + NEXT);
        }
      }
    }
    return tally;
  }
}
