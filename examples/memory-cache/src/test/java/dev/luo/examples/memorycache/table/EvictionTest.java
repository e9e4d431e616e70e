// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.table;

import static dev.luo.examples.memorycache.table.TableFixture.itemOf;
import static dev.luo.examples.memorycache.table.TableFixture.memory;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EvictionTest {
  private final ManualClock clock = new ManualClock();
  private final ItemTable table =
      ItemTable.create(memory(8 << 20), ItemTable.DEFAULT_ITEM_LIMIT, clock);

  @AfterEach
  void everythingFitsTogether() throws InvalidTableException {
    table.verify();
  }

  private static Key key(int number) {
    return Key.of("key-%06d".formatted(number));
  }

  private int fill(int valueSize) {
    int stored = 0;
    while (table.count(Counter.EVICTIONS) == 0) {
      table.store(Storage.SET, key(stored++), itemOf(new byte[valueSize]));
    }
    return stored;
  }

  @Test
  void fullTable_holdsTheNewest() {
    int stored = fill(10_000);
    assertThat(table.get(key(0))).isNull();
    assertThat(IntStream.range(1, stored)).allMatch(number -> table.get(key(number)) != null);
    assertThat(stored * 10_000L).isGreaterThan((8 << 20) * 95 / 100);
  }

  @Test
  void usedItem_outlivesNewerOnes() {
    int stored = fill(10_000);
    assertThat(table.get(key(1))).isNotNull();
    table.store(Storage.SET, key(stored), itemOf(new byte[10_000]));
    assertThat(table.get(key(1))).isNotNull();
    assertThat(table.get(key(2))).isNull();
  }

  @Test
  void largeItem_costsNoMoreThanItsOwnSizeInSmallOnes() {
    int stored = fill(100);
    // Used in a scattered order, so that the least recently used are nowhere near each other.
    for (int i = 0; i < stored; i++) {
      table.get(key((int) (i * 7919L % stored)));
    }
    long before = table.itemCount();
    assertThat(table.store(Storage.SET, key(stored), itemOf(new byte[1 << 20])))
        .isEqualTo(Outcome.STORED);
    long smallBlock = Items.blockSize(10, 100);
    assertThat(before - table.itemCount()).isLessThanOrEqualTo((1 << 20) / smallBlock + 2);
  }

  @Test
  void expiredItem_isNotCountedAsEvicted() {
    table.store(Storage.SET, key(0), itemOf("x".repeat(10_000), clock.second() + 1));
    clock.advance(Duration.ofSeconds(1));
    for (int i = 1; table.count(Counter.RECLAIMED) == 0; i++) {
      table.store(Storage.SET, key(i), itemOf(new byte[10_000]));
    }
    assertThat(table.count(Counter.EVICTIONS)).isZero();
  }

  @Test
  void freedMemory_isMergedAndUsedAgain() {
    int stored = fill(100);
    for (int i = stored - 1; i >= 0; i--) {
      table.delete(key((int) (i * 7919L % stored)));
    }
    assertThat(table.itemCount()).isZero();
    long evictions = table.count(Counter.EVICTIONS);
    for (int i = 0; i < 7; i++) {
      table.store(Storage.SET, key(i), itemOf(new byte[1 << 20]));
    }
    assertThat(table.count(Counter.EVICTIONS)).isEqualTo(evictions);
  }
}
