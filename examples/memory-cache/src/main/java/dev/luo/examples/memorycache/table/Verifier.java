// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.table;

import dev.luo.examples.memorycache.table.InvalidTableException.Reason;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Walks everything a table consists of and stops at the first thing that does not fit.
 *
 * <p>The blocks are walked in the order of their places, which nothing but a block's own size can
 * lead astray. The other walks, through free lists, index and order of use, must then meet exactly
 * the same blocks.
 */
final class Verifier {
  private final Layout layout;
  private final BlockHeap heap;
  private final Items items;
  private final Tally used = new Tally();
  private final Tally free = new Tally();
  private long itemBytes;

  Verifier(Layout layout, BlockHeap heap, Items items) {
    this.layout = layout;
    this.heap = heap;
    this.items = items;
  }

  void verify(Index index, Recency recency) throws InvalidTableException {
    layout.validateHeader();
    walkBlocks();
    require(
        layout.longAt(Layout.AT_ITEMS) == used.count(),
        "items are counted that are not there, or the other way round",
        layout.longAt(Layout.AT_ITEMS),
        used.count());
    require(
        layout.longAt(Layout.AT_ITEM_BYTES) == itemBytes,
        "bytes of items are counted that are not there, or the other way round",
        layout.longAt(Layout.AT_ITEM_BYTES),
        itemBytes);
    require(heap.verifyFreeLists().matches(free), "the free lists do not hold the free blocks");
    require(index.verify(heap).matches(used), "the index does not hold the items");
    require(recency.verify().matches(used), "the order of use does not hold the items");
  }

  private void walkBlocks() throws InvalidTableException {
    long before = 0;
    boolean freeBefore = false;
    for (long block = layout.arenaStart(); block < layout.arenaEnd(); ) {
      long size = heap.size(block);
      require(
          size >= BlockHeap.MINIMUM_BLOCK
              && size % BlockHeap.GRANULE == 0
              && size <= layout.arenaEnd() - block,
          "block cannot have that size",
          block,
          size);
      require(heap.predecessor(block) == before, "block misses the one before it", block);
      if (heap.isUsed(block)) {
        verifyItem(block, size);
        used.add(block);
        itemBytes += size;
        freeBefore = false;
      } else {
        require(!freeBefore, "free block was not merged with the one before it", block);
        free.add(block);
        freeBefore = true;
      }
      before = block;
      block += size;
    }
  }

  private void verifyItem(long item, long blockSize) throws InvalidTableException {
    int keyLength = layout.intAt(item + Items.KEY_LENGTH);
    int valueLength = layout.intAt(item + Items.VALUE_LENGTH);
    require(
        keyLength > 0 && keyLength <= Key.MAXIMUM_LENGTH,
        "item cannot have a key of that length",
        item,
        keyLength);
    require(
        valueLength >= 0 && Items.blockSize(keyLength, valueLength) <= blockSize,
        "value of that length does not fit into item",
        valueLength,
        item);
    require(
        layout.longAt(item + Items.HASH)
            == Hash.of(items.keyBytes(item), layout.longAt(Layout.AT_SEED)),
        "hash of item is not that of its key",
        item);
    require(
        layout.longAt(item + Items.CAS) <= layout.longAt(Layout.AT_CAS),
        "item has a CAS number of the future",
        item);
  }

  static void requireBlock(Layout layout, long block) throws InvalidTableException {
    require(
        block >= layout.arenaStart()
            && block <= layout.arenaEnd() - BlockHeap.MINIMUM_BLOCK
            && block % BlockHeap.GRANULE == 0,
        "reference cannot be to a block",
        block);
  }

  /** Throws unless the condition holds, naming what is broken and the numbers that show it. */
  static void require(boolean condition, String broken, long... evidence)
      throws InvalidTableException {
    if (!condition) {
      throw new InvalidTableException(
          Reason.CORRUPT,
          Arrays.stream(evidence)
              .mapToObj("0x%x"::formatted)
              .collect(Collectors.joining(", ", broken + " [", "]")));
    }
  }
}
