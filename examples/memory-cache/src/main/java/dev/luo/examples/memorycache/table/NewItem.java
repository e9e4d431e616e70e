// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.table;

import java.lang.foreign.MemorySegment;

/**
 * A value on its way into the table.
 *
 * @param flags a number of the client's, opaque here, 32 bits without sign
 * @param expiry the second since 1970 from which the item is gone, or {@link #NEVER}
 * @param value the bytes, copied by the table
 */
public record NewItem(int flags, long expiry, MemorySegment value) {
  /** The expiry of an item that stays until it is deleted, flushed or evicted. */
  public static final long NEVER = 0;
}
