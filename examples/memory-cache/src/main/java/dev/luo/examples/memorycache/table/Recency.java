// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.table;

/** The order in which items were last used: a doubly linked list from the newest to the oldest. */
final class Recency {
  private final Layout layout;

  Recency(Layout layout) {
    this.layout = layout;
  }

  /** Returns the item that was not used for the longest time, or 0 if there is none. */
  long oldest() {
    return layout.longAt(Layout.AT_OLDEST);
  }

  void add(long item) {
    long newest = layout.longAt(Layout.AT_NEWEST);
    layout.putLong(item + Items.NEWER, 0);
    layout.putLong(item + Items.OLDER, newest);
    layout.putLong(newest == 0 ? Layout.AT_OLDEST : newest + Items.NEWER, item);
    layout.putLong(Layout.AT_NEWEST, item);
  }

  void remove(long item) {
    long newer = layout.longAt(item + Items.NEWER);
    long older = layout.longAt(item + Items.OLDER);
    layout.putLong(newer == 0 ? Layout.AT_NEWEST : newer + Items.OLDER, older);
    layout.putLong(older == 0 ? Layout.AT_OLDEST : older + Items.NEWER, newer);
  }

  void use(long item) {
    if (layout.longAt(Layout.AT_NEWEST) != item) {
      remove(item);
      add(item);
    }
  }

  /**
   * Walks the list from end to end and returns the items on it.
   *
   * @throws InvalidTableException if a link does not lead back
   */
  Tally verify() throws InvalidTableException {
    Tally tally = new Tally();
    long most = layout.longAt(Layout.AT_ITEMS);
    long newer = 0;
    for (long item = layout.longAt(Layout.AT_NEWEST);
        item != 0;
        item = layout.longAt(item + Items.OLDER)) {
      Verifier.requireBlock(layout, item);
      Verifier.require(
          layout.longAt(item + Items.NEWER) == newer, "item misses its newer one", item);
      tally.add(item);
      Verifier.require(tally.count() <= most, "the order of use runs in a circle");
      newer = item;
    }
    Verifier.require(oldest() == newer, "the order of use ends elsewhere", newer);
    return tally;
  }
}
