// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.table;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Memory for tables, and short words for what tests do with them. */
final class TableFixture {
  private TableFixture() {}

  static MemorySegment memory(long byteSize) {
    return Arena.ofAuto().allocate(byteSize, 4096);
  }

  static MemorySegment duplicate(MemorySegment memory) {
    return memory(memory.byteSize()).copyFrom(memory);
  }

  static NewItem itemOf(String value) {
    return itemOf(value, NewItem.NEVER);
  }

  static NewItem itemOf(String value, long expiry) {
    return new NewItem(
        0, expiry, MemorySegment.ofArray(value.getBytes(StandardCharsets.ISO_8859_1)));
  }

  static NewItem itemOf(byte[] value) {
    return new NewItem(0, NewItem.NEVER, MemorySegment.ofArray(value));
  }

  static @Nullable String textUnder(ItemTable table, String key) {
    return text(table.get(Key.of(key)));
  }

  static @Nullable String text(@Nullable Item item) {
    return item == null
        ? null
        : new String(item.value().toArray(ValueLayout.JAVA_BYTE), StandardCharsets.ISO_8859_1);
  }
}
