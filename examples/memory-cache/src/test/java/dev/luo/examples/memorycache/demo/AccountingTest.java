// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.luo.examples.memorycache.server.CacheServer;
import dev.luo.examples.memorycache.server.ServerOptions;
import dev.luo.examples.memorycache.table.Counter;
import dev.luo.examples.memorycache.table.ItemTable;
import dev.luo.examples.memorycache.table.Key;
import dev.luo.examples.memorycache.table.NewItem;
import dev.luo.examples.memorycache.table.Storage;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That the demonstration would notice if something were lost. */
@Timeout(120)
class AccountingTest {
  private final ServerSocketChannel listener;
  private final ItemTable table;
  private final CacheServer server;

  AccountingTest() throws IOException {
    listener =
        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    InstantSource clock = InstantSource.system();
    table =
        ItemTable.create(Arena.ofAuto().allocate(8 << 20, 8), ItemTable.DEFAULT_ITEM_LIMIT, clock);
    server = new CacheServer(listener, table, clock, ServerOptions.DEFAULT);
    server.start();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    listener.close();
  }

  /** Lets a client write, breaks off all connections, does something to the table, and goes on. */
  private Writer writeAround(Consumer<ItemTable> mishap) throws Exception {
    Writer writer = new Writer(server.address());
    Thread writing = Thread.ofPlatform().start(writer);
    awaitWrites(writer, writing);
    server.pause(Duration.ofSeconds(30)).join();
    mishap.accept(table);
    server.resume().join();
    awaitWrites(writer, writing);
    writer.stop();
    writing.join();
    return writer;
  }

  private static void awaitWrites(Writer writer, Thread writing) {
    long enough = writer.writes() + 1000;
    while (writer.writes() < enough && writing.isAlive()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void connectionsThatEnd_costNothing() throws Exception {
    Writer writer = writeAround(table -> {});
    assertThat(writer.errors()).isEmpty();
    assertThat(writer.lost()).isZero();
    assertThat(writer.duplicates()).isZero();
    assertThat(writer.silencesNanos()).hasSize(1);
  }

  @Test
  void itemThatVanished_isLost() throws Exception {
    Writer writer = writeAround(table -> table.delete(Key.of("write-7")));
    assertThat(writer.lost()).isEqualTo(1);
    assertThat(writer.duplicates()).isZero();
  }

  @Test
  void itemThatChanged_isLost() throws Exception {
    byte[] other = new byte[1024];
    Writer writer =
        writeAround(table ->
            table.store(
                Storage.SET,
                Key.of("write-7"),
                new NewItem(0, NewItem.NEVER, MemorySegment.ofArray(other))));
    assertThat(writer.lost()).isEqualTo(1);
  }

  @Test
  void countsThatVanished_areLost() throws Exception {
    Writer writer = writeAround(table -> table.decrement(Key.of("count"), 3));
    assertThat(writer.lost()).isEqualTo(3);
  }

  @Test
  void countsMadeTwice_areDuplicates() throws Exception {
    Writer writer = writeAround(table -> table.increment(Key.of("count"), 2));
    assertThat(writer.duplicates()).isEqualTo(2);
    assertThat(writer.lost()).isZero();
  }

  @Test
  void cacheThatStartedEmpty_losesEverything() throws Exception {
    Writer writer = writeAround(table -> table.flush(0));
    assertThat(writer.lost()).isGreaterThan(500);
  }

  @Test
  void fillingThatIsComplete_andOneThatIsNot() throws IOException {
    Filling filling = new Filling(server.address(), 4096, 4 << 20);
    filling.store();
    assertThat(table.itemCount()).isEqualTo(filling.count());
    assertThat(filling.countLost()).isZero();
    try (CacheClient client = new CacheClient(server.address())) {
      assertThat(client.ask("delete " + Filling.key(3))).isEqualTo("DELETED");
      client.set(Filling.key(4), "other".getBytes(StandardCharsets.US_ASCII), true);
      client.flush();
    }
    assertThat(filling.countLost()).isEqualTo(2);
  }

  @Test
  void sweep_fillsAllOfTheRoom_andLeavesNoTrace() throws IOException {
    new Filling(server.address(), 65_536, 2 << 20).store();
    long before = table.itemCount();
    AtomicLong mostBytes = new AtomicLong();
    AtomicInteger questions = new AtomicInteger();
    new Sweep(
            server.address(),
            () -> {
              mostBytes.accumulateAndGet(table.itemBytes(), Math::max);
              return questions.incrementAndGet() < 5 ? 1 : 0;
            })
        .run();
    // What is left is smaller than one of the values.
    assertThat(mostBytes).hasValueGreaterThan(table.capacity() - 1200);
    assertThat(table.count(Counter.EVICTIONS)).isZero();
    assertThat(table.itemCount()).isEqualTo(before);
  }

  @Test
  void sweep_ofPagesThatNeverCome_isGivenUp() {
    assertThatIOException()
        .isThrownBy(() -> new Sweep(server.address(), () -> 4096).run())
        .withMessage("4096 bytes of the cache stay untouched");
  }
}
