// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.table;

import static dev.luo.examples.memorycache.table.TableFixture.itemOf;
import static dev.luo.examples.memorycache.table.TableFixture.memory;
import static dev.luo.examples.memorycache.table.TableFixture.text;
import static dev.luo.examples.memorycache.table.TableFixture.textUnder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.examples.memorycache.table.Adjustment.Adjusted;
import dev.luo.examples.memorycache.table.Adjustment.NotFound;
import dev.luo.examples.memorycache.table.Adjustment.NotNumeric;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ItemTableTest {
  private static final Key K = Key.of("k");

  private final ManualClock clock = new ManualClock();
  private final ItemTable table =
      ItemTable.create(memory(4 << 20), ItemTable.DEFAULT_ITEM_LIMIT, clock);

  @AfterEach
  void everythingFitsTogether() throws InvalidTableException {
    table.verify();
  }

  private long casOf(Key key) {
    return Objects.requireNonNull(table.get(key)).cas();
  }

  @Test
  void get_ofWhatWasNeverStored() {
    assertThat(table.get(K)).isNull();
    assertThat(table.count(Counter.GET_MISSES)).isEqualTo(1);
  }

  @Test
  void set_thenGet() {
    MemorySegment value = MemorySegment.ofArray(new byte[] {1, 0, -1, '\r', '\n'});
    assertThat(table.store(Storage.SET, K, new NewItem(0xffff_fffe, NewItem.NEVER, value)))
        .isEqualTo(Outcome.STORED);

    Item found = Objects.requireNonNull(table.get(K));
    assertThat(found.flags()).isEqualTo(0xffff_fffe);
    assertThat(found.value().mismatch(value)).isEqualTo(-1);
    assertThat(table.count(Counter.GET_HITS)).isEqualTo(1);
  }

  @Test
  void set_emptyAndLongestKeyAndLargestValue() {
    Key longest = Key.of("k".repeat(Key.MAXIMUM_LENGTH));
    assertThat(table.store(Storage.SET, longest, itemOf(""))).isEqualTo(Outcome.STORED);
    assertThat(text(table.get(longest))).isEmpty();

    byte[] largest = new byte[ItemTable.DEFAULT_ITEM_LIMIT];
    largest[largest.length - 1] = 7;
    assertThat(table.store(Storage.SET, longest, itemOf(largest))).isEqualTo(Outcome.STORED);
    assertThat(Objects.requireNonNull(table.get(longest)).value().mismatch(itemOf(largest).value()))
        .isEqualTo(-1);
  }

  @Test
  void set_beyondTheItemLimit() {
    table.store(Storage.SET, K, itemOf("old"));
    assertThat(table.store(Storage.SET, K, itemOf(new byte[ItemTable.DEFAULT_ITEM_LIMIT + 1])))
        .isEqualTo(Outcome.TOO_LARGE);
    assertThat(textUnder(table, "k")).isEqualTo("old");
  }

  @Test
  void set_beyondTheWholeTable() {
    ItemTable small =
        ItemTable.create(memory(Layout.MINIMUM_SIZE), ItemTable.DEFAULT_ITEM_LIMIT, clock);
    assertThat(small.store(Storage.SET, K, itemOf(new byte[(int) Layout.MINIMUM_SIZE])))
        .isEqualTo(Outcome.OUT_OF_MEMORY);
  }

  @Test
  void add_onlyWhereNothingIs() {
    assertThat(table.store(Storage.ADD, K, itemOf("a"))).isEqualTo(Outcome.STORED);
    assertThat(table.store(Storage.ADD, K, itemOf("b"))).isEqualTo(Outcome.NOT_STORED);
    assertThat(textUnder(table, "k")).isEqualTo("a");
  }

  @Test
  void replace_onlyWhereSomethingIs() {
    assertThat(table.store(Storage.REPLACE, K, itemOf("a"))).isEqualTo(Outcome.NOT_STORED);
    table.store(Storage.SET, K, itemOf("b"));
    assertThat(table.store(Storage.REPLACE, K, itemOf("c"))).isEqualTo(Outcome.STORED);
    assertThat(textUnder(table, "k")).isEqualTo("c");
  }

  @Test
  void append_andPrependKeepFlagsAndExpiry() {
    assertThat(table.store(Storage.APPEND, K, itemOf("x"))).isEqualTo(Outcome.NOT_STORED);
    assertThat(table.store(Storage.PREPEND, K, itemOf("x"))).isEqualTo(Outcome.NOT_STORED);

    long expiry = clock.second() + 10;
    table.store(Storage.SET, K, new NewItem(5, expiry, itemOf("b").value()));
    assertThat(table.store(Storage.APPEND, K, new NewItem(6, 0, itemOf("c").value())))
        .isEqualTo(Outcome.STORED);
    assertThat(table.store(Storage.PREPEND, K, new NewItem(7, 0, itemOf("a").value())))
        .isEqualTo(Outcome.STORED);

    assertThat(textUnder(table, "k")).isEqualTo("abc");
    assertThat(Objects.requireNonNull(table.get(K)).flags()).isEqualTo(5);
    clock.advance(Duration.ofSeconds(10));
    assertThat(table.get(K)).isNull();
  }

  @Test
  void append_beyondTheItemLimit() {
    byte[] half = new byte[ItemTable.DEFAULT_ITEM_LIMIT / 2 + 1];
    table.store(Storage.SET, K, itemOf(half));
    assertThat(table.store(Storage.APPEND, K, itemOf(half))).isEqualTo(Outcome.TOO_LARGE);
    assertThat(Objects.requireNonNull(table.get(K)).value().byteSize()).isEqualTo(half.length);
  }

  @Test
  void compareAndSet_onlyIfUnchanged() {
    assertThat(table.compareAndSet(K, 1, itemOf("x"))).isEqualTo(Outcome.NOT_FOUND);
    table.store(Storage.SET, K, itemOf("a"));
    long cas = casOf(K);
    assertThat(table.compareAndSet(K, cas, itemOf("b"))).isEqualTo(Outcome.STORED);
    assertThat(table.compareAndSet(K, cas, itemOf("c"))).isEqualTo(Outcome.EXISTS);
    assertThat(textUnder(table, "k")).isEqualTo("b");
    assertThat(casOf(K)).isGreaterThan(cas);
    assertThat(table.count(Counter.CAS_HITS)).isEqualTo(1);
    assertThat(table.count(Counter.CAS_BADVAL)).isEqualTo(1);
    assertThat(table.count(Counter.CAS_MISSES)).isEqualTo(1);
  }

  @Test
  void delete_once() {
    table.store(Storage.SET, K, itemOf("a"));
    assertThat(table.delete(K)).isTrue();
    assertThat(table.delete(K)).isFalse();
    assertThat(table.itemCount()).isZero();
    assertThat(table.itemBytes()).isZero();
  }

  @Test
  void increment_growsAndWraps() {
    table.store(Storage.SET, K, itemOf("9"));
    assertThat(table.increment(K, 1)).isEqualTo(new Adjusted(10));
    assertThat(textUnder(table, "k")).isEqualTo("10");
    table.store(Storage.SET, K, itemOf("18446744073709551615"));
    assertThat(table.increment(K, 2)).isEqualTo(new Adjusted(1));
    assertThat(textUnder(table, "k")).isEqualTo("1" + " ".repeat(19));
  }

  @Test
  void decrement_stopsAtZeroAndPads() {
    table.store(Storage.SET, K, itemOf("10"));
    assertThat(table.decrement(K, 1)).isEqualTo(new Adjusted(9));
    assertThat(textUnder(table, "k")).isEqualTo("9 ");
    assertThat(table.decrement(K, -1)).isEqualTo(new Adjusted(0));
    assertThat(table.increment(K, -1)).isEqualTo(new Adjusted(-1));
    assertThat(table.decrement(K, 1)).isEqualTo(new Adjusted(-2));
  }

  @Test
  void increment_changesTheCasNumber() {
    table.store(Storage.SET, K, itemOf("1"));
    long cas = casOf(K);
    table.increment(K, 1);
    assertThat(casOf(K)).isGreaterThan(cas);
  }

  @Test
  void increment_ofWhatIsNoNumber() {
    assertThat(table.increment(K, 1)).isEqualTo(new NotFound());
    for (String text : new String[] {"", "x", "-1", "+1", "1x", "18446744073709551616", "1 1"}) {
      table.store(Storage.SET, K, itemOf(text));
      assertThat(table.increment(K, 1)).as(text).isEqualTo(new NotNumeric());
      assertThat(textUnder(table, "k")).isEqualTo(text);
    }
  }

  @Test
  void expiry_takesEffectAtItsSecond() {
    table.store(Storage.SET, K, itemOf("a", clock.second() + 2));
    clock.advance(Duration.ofMillis(1999));
    assertThat(textUnder(table, "k")).isEqualTo("a");
    clock.advance(Duration.ofMillis(1));
    assertThat(table.get(K)).isNull();
    assertThat(table.count(Counter.GET_EXPIRED)).isEqualTo(1);
    assertThat(table.count(Counter.RECLAIMED)).isEqualTo(1);
    assertThat(table.itemCount()).isZero();
    assertThat(table.store(Storage.ADD, K, itemOf("b"))).isEqualTo(Outcome.STORED);
  }

  @Test
  void expiry_inThePast() {
    assertThat(table.store(Storage.SET, K, itemOf("a", 1))).isEqualTo(Outcome.STORED);
    assertThat(table.get(K)).isNull();
  }

  @Test
  void touch_changesExpiryOnly() {
    assertThat(table.touch(K, 5)).isFalse();
    table.store(Storage.SET, K, itemOf("a", clock.second() + 2));
    long cas = casOf(K);
    assertThat(table.touch(K, clock.second() + 20)).isTrue();
    clock.advance(Duration.ofSeconds(19));
    assertThat(textUnder(table, "k")).isEqualTo("a");
    assertThat(casOf(K)).isEqualTo(cas);
    assertThat(text(table.getAndTouch(K, clock.second() + 5))).isEqualTo("a");
    clock.advance(Duration.ofSeconds(4));
    assertThat(textUnder(table, "k")).isEqualTo("a");
    clock.advance(Duration.ofSeconds(1));
    assertThat(table.getAndTouch(K, NewItem.NEVER)).isNull();
    assertThat(table.count(Counter.TOUCH_HITS)).isEqualTo(2);
    assertThat(table.count(Counter.TOUCH_MISSES)).isEqualTo(2);
  }

  @Test
  void flush_atOnce() {
    table.store(Storage.SET, K, itemOf("a"));
    table.flush(0);
    assertThat(table.get(K)).isNull();
    assertThat(table.count(Counter.GET_FLUSHED)).isEqualTo(1);
    table.store(Storage.SET, K, itemOf("b"));
    assertThat(textUnder(table, "k")).isEqualTo("b");
  }

  @Test
  void flush_putOff_takesWhatCameBeforeItsSecond() {
    Key later = Key.of("later");
    table.store(Storage.SET, K, itemOf("a"));
    table.flush(clock.second() + 10);
    clock.advance(Duration.ofSeconds(9));
    assertThat(textUnder(table, "k")).isEqualTo("a");
    table.store(Storage.SET, later, itemOf("b"));
    clock.advance(Duration.ofSeconds(1));
    assertThat(table.get(K)).isNull();
    assertThat(table.get(later)).isNull();
    table.store(Storage.SET, later, itemOf("c"));
    clock.advance(Duration.ofDays(1));
    assertThat(textUnder(table, "later")).isEqualTo("c");
  }

  @Test
  void flush_replacesTheOneToCome() {
    table.flush(clock.second() + 10);
    table.flush(0);
    table.store(Storage.SET, K, itemOf("a"));
    clock.advance(Duration.ofSeconds(10));
    assertThat(textUnder(table, "k")).isEqualTo("a");
  }
}
