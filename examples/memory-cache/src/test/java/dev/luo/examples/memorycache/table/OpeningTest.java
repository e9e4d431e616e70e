// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.table;

import static dev.luo.examples.memorycache.table.TableFixture.duplicate;
import static dev.luo.examples.memorycache.table.TableFixture.itemOf;
import static dev.luo.examples.memorycache.table.TableFixture.memory;
import static dev.luo.examples.memorycache.table.TableFixture.textUnder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.luo.examples.memorycache.table.InvalidTableException.Reason;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpeningTest {
  private final ManualClock clock = new ManualClock();
  private final MemorySegment memory = memory(1 << 20);

  private ItemTable create() {
    return ItemTable.create(memory, ItemTable.DEFAULT_ITEM_LIMIT, clock);
  }

  private void refuses(MemorySegment damaged, Reason reason) {
    assertThatExceptionOfType(InvalidTableException.class)
        .isThrownBy(() -> ItemTable.open(damaged, clock))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
        .withMessageStartingWith(reason.name());
  }

  @Test
  void open_atAnotherAddress_findsEverything() throws InvalidTableException {
    ItemTable predecessor = create();
    predecessor.store(Storage.SET, Key.of("a"), itemOf("1"));
    predecessor.get(Key.of("a"));

    ItemTable successor = ItemTable.open(duplicate(memory), clock);
    assertThat(textUnder(successor, "a")).isEqualTo("1");
    assertThat(successor.count(Counter.GET_HITS)).isEqualTo(2);
    assertThat(successor.count(Counter.GENERATION)).isEqualTo(1);
    successor.store(Storage.SET, Key.of("b"), itemOf("2"));
    successor.verify();
    assertThat(textUnder(predecessor, "b")).isNull();
  }

  @Test
  void open_memoryOfZeros() {
    refuses(memory, Reason.FOREIGN);
  }

  @Test
  void open_somebodyElsesMemory() {
    memory.fill((byte) 'x');
    refuses(memory, Reason.FOREIGN);
  }

  @Test
  void open_anotherVersion() {
    create();
    memory.set(ValueLayout.JAVA_INT, Layout.AT_VERSION, 2);
    refuses(memory, Reason.VERSION);
  }

  @Test
  void open_anyDamagedByteOfTheHeader() {
    create();
    for (long at = 0; at < Layout.AT_CHECKSUM + 4; at++) {
      MemorySegment damaged = duplicate(memory);
      damaged.set(
          ValueLayout.JAVA_BYTE, at, (byte) (damaged.get(ValueLayout.JAVA_BYTE, at) ^ 0x10));
      assertThatExceptionOfType(InvalidTableException.class)
          .as("byte %d", at)
          .isThrownBy(() -> ItemTable.open(damaged, clock));
    }
  }

  @Test
  void open_memoryOfAnotherSize() {
    create();
    refuses(memory.asSlice(0, memory.byteSize() / 2), Reason.SIZE);
    refuses(memory.asSlice(0, 4096), Reason.SIZE);
    refuses(memory(2 << 20).asSlice(0, 2 << 20).copyFrom(memory), Reason.SIZE);
  }

  @Test
  void open_afterDeathInTheMiddleOfAChange() {
    create();
    memory.set(
        ValueLayout.JAVA_LONG,
        Layout.AT_SEQUENCE,
        memory.get(ValueLayout.JAVA_LONG, Layout.AT_SEQUENCE) + 1);
    refuses(memory, Reason.TORN);
  }

  @Test
  void create_overATable() {
    create();
    assertThatIllegalArgumentException()
        .isThrownBy(this::create)
        .withMessageContaining("not empty");
  }

  @Test
  void create_inUnsuitableMemory() {
    assertThatIllegalArgumentException().isThrownBy(() -> ItemTable.create(memory(4096), 1, clock));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ItemTable.create(MemorySegment.ofArray(new byte[1 << 20]), 1, clock));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ItemTable.create(memory.asReadOnly(), 1, clock));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ItemTable.create(memory.asSlice(4, 1 << 19), 1, clock));
  }

  @Test
  void sparseMemory_largerThanAnIntCanSay(@TempDir Path folder)
      throws IOException, InvalidTableException {
    Path file = folder.resolve("table");
    long byteSize = 9L << 30;
    try (FileChannel channel =
            FileChannel.open(
                file,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.SPARSE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        Arena arena = Arena.ofConfined()) {
      MemorySegment large = channel.map(MapMode.READ_WRITE, 0, byteSize, arena);
      ItemTable table = ItemTable.create(large, ItemTable.DEFAULT_ITEM_LIMIT, clock);
      table.store(Storage.SET, Key.of("a"), itemOf("1"));
      assertThat(textUnder(ItemTable.open(large, clock), "a")).isEqualTo("1");
      assertThat((long) Files.getAttribute(file, "unix:size")).isEqualTo(byteSize);
    }
  }
}
