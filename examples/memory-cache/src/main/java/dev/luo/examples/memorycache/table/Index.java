// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.table;

/** Finds items by their keys: an array of buckets, each the start of a chain through its items. */
final class Index {
  private final Layout layout;
  private final Items items;

  Index(Layout layout, Items items) {
    this.layout = layout;
    this.items = items;
  }

  /** Returns the item with this key, or 0. */
  long find(Key key, long hash) {
    long item = layout.longAt(bucket(hash));
    while (item != 0 && !items.hasKey(item, key, hash)) {
      item = layout.longAt(item + Items.IN_BUCKET);
    }
    return item;
  }

  void insert(long item) {
    long bucket = bucket(layout.longAt(item + Items.HASH));
    layout.putLong(item + Items.IN_BUCKET, layout.longAt(bucket));
    layout.putLong(bucket, item);
  }

  void remove(long item) {
    long reference = bucket(layout.longAt(item + Items.HASH));
    while (layout.longAt(reference) != item) {
      reference = layout.longAt(reference) + Items.IN_BUCKET;
    }
    layout.putLong(reference, layout.longAt(item + Items.IN_BUCKET));
  }

  private long bucket(long hash) {
    return Layout.AT_INDEX + (hash & (layout.buckets() - 1)) * Long.BYTES;
  }

  /**
   * Walks all buckets and returns the items they lead to.
   *
   * @throws InvalidTableException if a chain is broken or holds an item of another bucket
   */
  Tally verify(BlockHeap heap) throws InvalidTableException {
    Tally tally = new Tally();
    long most = layout.longAt(Layout.AT_ITEMS);
    for (long at = Layout.AT_INDEX; at < layout.arenaStart(); at += Long.BYTES) {
      for (long item = layout.longAt(at); item != 0; item = layout.longAt(item + Items.IN_BUCKET)) {
        Verifier.requireBlock(layout, item);
        Verifier.require(heap.isUsed(item), "free block is in the index", item);
        Verifier.require(
            bucket(layout.longAt(item + Items.HASH)) == at, "item is in a wrong bucket", item);
        tally.add(item);
        Verifier.require(tally.count() <= most, "the index holds more than all items", most);
      }
    }
    return tally;
  }
}
