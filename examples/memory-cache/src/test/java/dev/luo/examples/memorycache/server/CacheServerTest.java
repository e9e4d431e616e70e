// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.luo.examples.memorycache.table.InvalidTableException;
import dev.luo.examples.memorycache.table.ItemTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class CacheServerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private RunningServer running;

  CacheServerTest() throws IOException {
    running = new RunningServer(ServerOptions.DEFAULT);
  }

  @AfterEach
  void stop() throws IOException, InvalidTableException {
    running.close();
    running.table.verify();
  }

  private void restart(ServerOptions options) throws IOException {
    running.close();
    running = new RunningServer(options);
  }

  private TestClient connect() throws IOException {
    return new TestClient(running.server.address());
  }

  private void pause() throws Exception {
    running.server.pause(PATIENCE).get(60, TimeUnit.SECONDS);
  }

  private void resume() throws Exception {
    running.server.resume().get(60, TimeUnit.SECONDS);
  }

  private static String set(String key, String value) {
    return "set " + key + " 0 0 " + value.length() + "\r\n" + value + "\r\n";
  }

  @Test
  void client_storesAndReads() throws IOException {
    try (TestClient client = connect()) {
      client.expect(set("a", "1"), "STORED\r\n");
      client.expect("get a\r\n", "VALUE a 0 1\r\n1\r\nEND\r\n");
    }
  }

  @Test
  void quit_closesTheConnection() throws IOException {
    try (TestClient client = connect()) {
      client.say(set("a", "1") + "quit\r\n");
      assertThat(client.hearAll()).isEqualTo("STORED\r\n");
    }
  }

  @Test
  void halfClosedClient_hearsAllAnswers() throws IOException {
    try (TestClient client = connect()) {
      String large = "x".repeat(1 << 20);
      client.say(set("a", large) + "get a a a a\r\n");
      client.socket.shutdownOutput();
      assertThat(client.hearAll())
          .isEqualTo(
              "STORED\r\n" + ("VALUE a 0 1048576\r\n" + large + "\r\n").repeat(4) + "END\r\n");
    }
  }

  @Test
  void clientThatVanishes_leavesTheOthersAlone() throws IOException {
    try (TestClient stays = connect()) {
      try (TestClient goes = connect()) {
        goes.say("set a 0 0 100\r\nhalf");
        goes.socket.setSoLinger(true, 0);
      }
      stays.expect("get a\r\n", "END\r\n");
    }
  }

  @Test
  void clientThatDoesNotRead_doesNotHoldUpTheOthers() throws IOException {
    try (TestClient deaf = connect();
        TestClient other = connect()) {
      String large = "x".repeat(1 << 20);
      deaf.expect(set("a", large), "STORED\r\n");
      deaf.say("get " + "a ".repeat(100) + "\r\n");
      other.expect("get b\r\n", "END\r\n");
      String one = "VALUE a 0 1048576\r\n" + large + "\r\n";
      for (int i = 0; i < 100; i++) {
        assertThat(deaf.hear(one.length())).isEqualTo(one);
      }
      assertThat(deaf.hear(5)).isEqualTo("END\r\n");
    }
  }

  @Test
  void manyClients_countTogether() throws Exception {
    int clients = 8;
    int rounds = 2000;
    try (TestClient first = connect()) {
      first.expect(set("n", "0"), "STORED\r\n");
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        threads.add(
            Thread.startVirtualThread(() -> {
              try (TestClient client = connect()) {
                client.say("incr n 1 noreply\r\n".repeat(rounds) + "quit\r\n");
                assertThat(client.hearAll()).isEmpty();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      String expected = Integer.toString(clients * rounds);
      first.expect("incr n 0\r\n", expected);
    }
  }

  @Test
  void connectionLimit_leavesTheNextInTheBacklog() throws IOException {
    restart(new ServerOptions(2, Duration.ZERO));
    try (TestClient third = withTwoBefore()) {
      assertThat(third.hear(5)).isEqualTo("END\r\n");
    }
  }

  /** Connects a third client, lets it ask, sees the others served first, and lets them go. */
  private TestClient withTwoBefore() throws IOException {
    try (TestClient first = connect();
        TestClient second = connect()) {
      first.expect("get a\r\n", "END\r\n");
      second.expect("get a\r\n", "END\r\n");
      TestClient third = connect();
      third.say("get a\r\n");
      first.expect("get a\r\n", "END\r\n");
      first.say("stats\r\n");
      assertThat(first.hear(250)).contains("curr_connections 2");
      return third;
    }
  }

  @Test
  void idleConnection_isClosed() throws IOException {
    restart(new ServerOptions(10, Duration.ofMillis(1)));
    try (TestClient client = connect()) {
      assertThat(client.hearAll()).isEmpty();
    }
  }

  @Test
  void pause_answersWhatWasAskedAndClosesInOrder() throws Exception {
    try (TestClient client = connect()) {
      String large = "x".repeat(1 << 20);
      client.expect(set("a", large), "STORED\r\n");
      // More answers than the socket takes, then a request that is not complete.
      Thread asks =
          Thread.startVirtualThread(() -> {
            try {
              client.say("get a a a a a a a a a a a a\r\n" + set("b", "2") + "set c 0 0 5\r\nhal");
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      asks.join();
      var paused = running.server.pause(PATIENCE);
      String one = "VALUE a 0 1048576\r\n" + large + "\r\n";
      assertThat(client.hearAll()).isEqualTo(one.repeat(12) + "END\r\nSTORED\r\n");
      paused.get(60, TimeUnit.SECONDS);
    }
    running.table.verify();
    resume();
    try (TestClient client = connect()) {
      client.expect("get b c\r\n", "VALUE b 0 1\r\n2\r\nEND\r\n");
    }
  }

  @Test
  void pause_doesNotWaitForTheDeafBeyondItsPatience() throws Exception {
    try (TestClient deaf = connect()) {
      deaf.expect(set("a", "x".repeat(1 << 20)), "STORED\r\n");
      deaf.say("get " + "a ".repeat(1000) + "\r\n");
      running.server.pause(Duration.ofMillis(50)).get(60, TimeUnit.SECONDS);
      running.table.verify();
    }
  }

  @Test
  void pause_leavesNewClientsInTheBacklog() throws Exception {
    pause();
    try (TestClient waiting = connect()) {
      waiting.say(set("a", "1"));
      var question = running.server.ask(ItemTable::itemCount);
      assertThat(question).isNotDone();
      assertThat(running.table.itemCount()).isZero();
      resume();
      assertThat(waiting.hear(8)).isEqualTo("STORED\r\n");
      assertThat(question.get(60, TimeUnit.SECONDS)).isBetween(0L, 1L);
    }
  }

  @Test
  void pause_twiceIsPause() throws Exception {
    pause();
    pause();
    resume();
    resume();
    try (TestClient client = connect()) {
      client.expect("get a\r\n", "END\r\n");
    }
  }

  @Test
  void successor_servesTheSameTableAndTheBacklog() throws Exception {
    try (TestClient client = connect()) {
      client.expect(set("a", "1"), "STORED\r\n");
    }
    pause();
    running.server.close();
    try (TestClient waiting = connect();
        CacheServer successor =
            new CacheServer(
                running.listener, running.table, InstantSource.system(), ServerOptions.DEFAULT)) {
      waiting.say("get a\r\n");
      successor.start();
      waiting.expect("", "VALUE a 0 1\r\n1\r\nEND\r\n");
    }
  }

  @Test
  void ask_runsBetweenRequests() throws Exception {
    assertThat(running.server.ask(ItemTable::itemCount).get(60, TimeUnit.SECONDS)).isZero();
    var failed =
        running.server.ask(table -> {
          throw new IllegalArgumentException("no");
        });
    assertThatThrownBy(() -> failed.get(60, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void close_failsWhatIsStillAsked() throws IOException {
    running.server.close();
    assertThat(running.server.ended()).isCompleted();
    IntStream.range(0, 100)
        .mapToObj(i -> running.server.ask(ItemTable::itemCount))
        .forEach(question -> assertThat(question).isCompletedExceptionally());
    running.server.close();
  }

  @Test
  void close_withoutStart() throws IOException {
    running.server.close();
    CacheServer idle =
        new CacheServer(
            running.listener, running.table, InstantSource.system(), ServerOptions.DEFAULT);
    idle.close();
    assertThat(idle.ended()).isCompleted();
  }
}
