// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.table;

import static dev.luo.examples.memorycache.table.TableFixture.duplicate;
import static dev.luo.examples.memorycache.table.TableFixture.itemOf;
import static dev.luo.examples.memorycache.table.TableFixture.memory;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.examples.memorycache.table.InvalidTableException.Reason;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerifierTest {
  private final ManualClock clock = new ManualClock();
  private final MemorySegment memory = memory(256 << 10);
  private final Layout layout = new Layout(memory);
  private final BlockHeap heap = new BlockHeap(layout);

  @BeforeEach
  void fill() throws InvalidTableException {
    ItemTable table = ItemTable.create(memory, ItemTable.DEFAULT_ITEM_LIMIT, clock);
    for (int i = 0; i < 200; i++) {
      table.store(Storage.SET, Key.of("key-" + i), itemOf(new byte[i * 3]));
    }
    for (int i = 0; i < 200; i += 3) {
      table.delete(Key.of("key-" + i));
    }
    table.verify();
  }

  private void finds(String broken, Runnable damage) {
    damage.run();
    assertThatExceptionOfType(InvalidTableException.class)
        .isThrownBy(() -> ItemTable.open(memory, clock).verify())
        .withMessageContaining(broken)
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.CORRUPT));
  }

  private long newest() {
    return layout.longAt(Layout.AT_NEWEST);
  }

  private long firstFree() {
    long block = layout.arenaStart();
    while (heap.isUsed(block)) {
      block += heap.size(block);
    }
    return block;
  }

  @Test
  void blockSize_thatLeadsAstray() {
    finds("cannot have", () -> layout.putLong(newest(), 17));
  }

  @Test
  void blockSize_thatReachesBeyondTheEnd() {
    finds("cannot have", () -> layout.putLong(newest(), (1L << 40) + 1));
  }

  @Test
  void predecessorSize() {
    finds("misses the one before", () -> layout.addLong(newest() + 8, 16));
  }

  @Test
  void itemThatIsMarkedFree() {
    finds("", () -> layout.addLong(newest(), -1));
  }

  @Test
  void freeBlockMissingFromItsList() {
    finds("bitmap", () -> layout.putLong(Layout.AT_FREE_LISTS, 0));
  }

  @Test
  void freeListThatRunsInACircle() {
    finds("misses its previous", () -> layout.putLong(firstFree() + 16, firstFree()));
  }

  @Test
  void itemCount() {
    finds("are counted", () -> layout.addLong(Layout.AT_ITEMS, 1));
  }

  @Test
  void itemBytes() {
    finds("bytes of items", () -> layout.addLong(Layout.AT_ITEM_BYTES, 16));
  }

  @Test
  void keyThatChanged() {
    finds("hash", () -> layout.putInt(newest() + Items.KEY, 0));
  }

  @Test
  void keyLength() {
    finds("cannot have a key", () -> layout.putInt(newest() + Items.KEY_LENGTH, 251));
  }

  @Test
  void valueLength() {
    finds("does not fit", () -> layout.putInt(newest() + Items.VALUE_LENGTH, 1 << 19));
  }

  @Test
  void casOfTheFuture() {
    finds("future", () -> layout.putLong(newest() + Items.CAS, 1L << 40));
  }

  @Test
  void bucketThatLosesItsItem() {
    finds(
        "index",
        () -> {
          for (long at = Layout.AT_INDEX; at < layout.arenaStart(); at += 8) {
            layout.putLong(at, 0);
          }
        });
  }

  @Test
  void bucketThatLeadsIntoAnItem() {
    finds(
        "0x",
        () -> {
          long at = Layout.AT_INDEX;
          while (layout.longAt(at) == 0) {
            at += 8;
          }
          layout.addLong(at, 32);
        });
  }

  @Test
  void orderOfUse_cutShort() {
    finds("order of use", () -> layout.putLong(newest() + Items.OLDER, 0));
  }

  @Test
  void orderOfUse_inACircle() {
    finds("misses its newer", () -> layout.putLong(newest() + Items.OLDER, newest()));
  }

  @Test
  void randomDamage_isReportedOrHarmlessButNeverEndless() {
    long seed = Long.getLong("luo.seed", System.nanoTime());
    System.out.println("VerifierTest: repeat with -Dluo.seed=" + seed);
    Random random = new Random(seed);
    Consumer<MemorySegment> flip =
        damaged -> {
          long at = Layout.AT_SEQUENCE + random.nextLong(damaged.byteSize() - Layout.AT_SEQUENCE);
          byte old = damaged.get(ValueLayout.JAVA_BYTE, at);
          damaged.set(ValueLayout.JAVA_BYTE, at, (byte) (old ^ (1 << random.nextInt(8))));
        };
    int found = 0;
    for (int round = 0; round < 500; round++) {
      MemorySegment damaged = duplicate(memory);
      for (int i = 0; i < 20; i++) {
        flip.accept(damaged);
      }
      try {
        ItemTable.open(damaged, clock).verify();
      } catch (InvalidTableException e) {
        found++;
      }
    }
    assertThat(found).isPositive();
  }
}
