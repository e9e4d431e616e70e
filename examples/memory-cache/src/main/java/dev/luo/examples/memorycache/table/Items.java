// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.table;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The fields of an item inside its block, behind the 16 bytes of the {@link BlockHeap}.
 *
 * <pre>
 *   +16  next item of the same bucket
 *   +24  the item used next after this one
 *   +32  the item used last before this one
 *   +40  hash of the key
 *   +48  CAS number
 *   +56  expiry
 *   +64  flags, 4 bytes; +68 length of the key, 4 bytes; +72 length of the value, 4 bytes
 *   +76  key, then value
 * </pre>
 */
final class Items {
  static final long IN_BUCKET = 16;
  static final long NEWER = 24;
  static final long OLDER = 32;
  static final long HASH = 40;
  static final long CAS = 48;
  static final long EXPIRY = 56;
  static final long FLAGS = 64;
  static final long KEY_LENGTH = 68;
  static final long VALUE_LENGTH = 72;
  static final long KEY = 76;

  private final Layout layout;

  Items(Layout layout) {
    this.layout = layout;
  }

  /** Returns the size of the block that holds such an item. */
  static long blockSize(long keyLength, long valueLength) {
    return BlockHeap.blockSize(KEY - BlockHeap.HEADER + keyLength + valueLength);
  }

  /** Fills everything but the links to other items. */
  void write(long item, Key key, long hash, NewItem content) {
    layout.putLong(item + HASH, hash);
    layout.putLong(item + EXPIRY, content.expiry());
    layout.putInt(item + FLAGS, content.flags());
    layout.putInt(item + KEY_LENGTH, key.bytes().length);
    layout.putInt(item + VALUE_LENGTH, (int) content.value().byteSize());
    layout.slice(item + KEY, key.bytes().length).copyFrom(MemorySegment.ofArray(key.bytes()));
    value(item).copyFrom(content.value());
  }

  MemorySegment value(long item) {
    return layout.slice(
        item + KEY + layout.intAt(item + KEY_LENGTH), layout.intAt(item + VALUE_LENGTH));
  }

  boolean hasKey(long item, Key key, long hash) {
    return layout.longAt(item + HASH) == hash
        && layout.intAt(item + KEY_LENGTH) == key.bytes().length
        && layout.slice(item + KEY, key.bytes().length).mismatch(MemorySegment.ofArray(key.bytes()))
            < 0;
  }

  byte[] keyBytes(long item) {
    return layout.slice(item + KEY, layout.intAt(item + KEY_LENGTH)).toArray(ValueLayout.JAVA_BYTE);
  }

  Item view(long item) {
    return new Item(layout.intAt(item + FLAGS), layout.longAt(item + CAS), value(item));
  }
}
