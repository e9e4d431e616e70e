// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.table;

import static dev.luo.examples.memorycache.table.TableFixture.duplicate;
import static dev.luo.examples.memorycache.table.TableFixture.itemOf;
import static dev.luo.examples.memorycache.table.TableFixture.memory;
import static dev.luo.examples.memorycache.table.TableFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.examples.memorycache.table.Adjustment.Adjusted;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random operations on a table and on a plain map, which must agree. */
class ItemTableModelTest {
  private static final long SEED = Long.getLong("luo.seed", System.nanoTime());

  private record Modelled(String value, long expiry) {}

  private final Random random = new Random(SEED);
  private final ManualClock clock = new ManualClock();

  @BeforeEach
  void printSeed() {
    System.out.println("ItemTableModelTest: repeat with -Dluo.seed=" + SEED);
  }

  private String randomValue(int longest) {
    int length = random.nextInt(4) == 0 ? random.nextInt(longest) : random.nextInt(100);
    StringBuilder value = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      value.append((char) ('a' + random.nextInt(26)));
    }
    return value.toString();
  }

  @ParameterizedTest
  @ValueSource(ints = {64 << 10, 256 << 10, 8 << 20})
  void operations_agreeWithAMap(int byteSize) throws InvalidTableException {
    MemorySegment memory = memory(byteSize);
    ItemTable table = ItemTable.create(memory, ItemTable.DEFAULT_ITEM_LIMIT, clock);
    Map<Key, Modelled> model = new HashMap<>();
    for (int step = 0; step < 5_000; step++) {
      Key key = Key.of("key-" + random.nextInt(500));
      long evictions = table.count(Counter.EVICTIONS);
      step(table, model, key, byteSize / 8);
      if (table.count(Counter.EVICTIONS) > evictions) {
        forgetEvicted(table, model, table.count(Counter.EVICTIONS) - evictions);
      }
      if (random.nextInt(500) == 0) {
        clock.advance(Duration.ofSeconds(random.nextInt(20)));
      }
      if (random.nextInt(1000) == 0) {
        // What a successor sees: the same bytes elsewhere.
        memory = duplicate(memory);
        table = ItemTable.open(memory, clock);
        table.verify();
      }
    }
    table.verify();
    for (Map.Entry<Key, Modelled> entry : model.entrySet()) {
      assertThat(text(table.get(entry.getKey()))).isEqualTo(live(entry.getValue()));
    }
  }

  private void step(ItemTable table, Map<Key, Modelled> model, Key key, int longest) {
    Modelled before = model.get(key);
    if (before != null && live(before) == null) {
      model.remove(key);
      before = null;
    }
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> {
        long expiry = random.nextInt(3) == 0 ? clock.second() + random.nextInt(60) : 0;
        String value = random.nextInt(5) == 0 ? "" + random.nextInt(100) : randomValue(longest);
        assertThat(table.store(Storage.SET, key, itemOf(value, expiry))).isEqualTo(Outcome.STORED);
        model.put(key, new Modelled(value, expiry));
      }
      case 3 -> {
        Outcome outcome = table.store(Storage.ADD, key, itemOf("added"));
        assertThat(outcome).isEqualTo(before == null ? Outcome.STORED : Outcome.NOT_STORED);
        model.putIfAbsent(key, new Modelled("added", 0));
      }
      case 4 -> {
        String more = randomValue(50);
        Outcome outcome = table.store(Storage.APPEND, key, itemOf(more));
        if (outcome == Outcome.STORED) {
          Modelled old = Objects.requireNonNull(before);
          model.put(key, new Modelled(old.value() + more, old.expiry()));
        } else {
          assertThat(before == null || before.value().length() + more.length() > longest).isTrue();
        }
      }
      case 5 -> {
        assertThat(table.delete(key)).isEqualTo(before != null);
        model.remove(key);
      }
      case 6 -> {
        if (table.increment(key, 95) instanceof Adjusted(long value)) {
          Modelled old = Objects.requireNonNull(before);
          String digits = Long.toString(Long.parseLong(old.value().strip()) + 95);
          assertThat(Long.toString(value)).isEqualTo(digits);
          model.put(key, new Modelled(digits, old.expiry()));
        }
      }
      case 7 -> {
        if (random.nextInt(1000) == 0) {
          table.flush(0);
          model.clear();
        }
      }
      default -> {
        Item found = table.get(key);
        assertThat(text(found)).isEqualTo(before == null ? null : before.value());
      }
    }
  }

  private void forgetEvicted(ItemTable table, Map<Key, Modelled> model, long most) {
    int before = model.size();
    model.entrySet().removeIf(entry -> live(entry.getValue()) != null && lacks(table, entry));
    assertThat((long) before - model.size()).isLessThanOrEqualTo(most);
  }

  private static boolean lacks(ItemTable table, Map.Entry<Key, Modelled> entry) {
    return table.get(entry.getKey()) == null;
  }

  private @Nullable String live(Modelled modelled) {
    return modelled.expiry() != 0 && modelled.expiry() <= clock.second() ? null : modelled.value();
  }

  @Test
  void itemsOfOneSize_areEvictedInTheOrderOfUse() throws InvalidTableException {
    ItemTable table = ItemTable.create(memory(128 << 10), 4096, clock);
    LinkedHashMap<Key, Integer> model = new LinkedHashMap<>(16, 0.75f, true);
    for (int step = 0; step < 20_000; step++) {
      int number = random.nextInt(400);
      Key key = Key.of("key-%03d".formatted(number));
      if (random.nextBoolean()) {
        long evictions = table.count(Counter.EVICTIONS);
        table.store(Storage.SET, key, itemOf(new byte[1000]));
        model.put(key, number);
        for (long i = evictions; i < table.count(Counter.EVICTIONS); i++) {
          model.pollFirstEntry();
        }
      } else {
        assertThat(table.get(key) != null).isEqualTo(model.get(key) != null);
      }
      assertThat(table.itemCount()).isEqualTo(model.size());
    }
    assertThat(table.count(Counter.EVICTIONS)).isPositive();
    table.verify();
  }
}
