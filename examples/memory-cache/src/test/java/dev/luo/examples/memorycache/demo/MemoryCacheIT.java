// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.testing.NoDescriptorLeaks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The cache in a process of its own, really replaced by exec. */
@Timeout(300)
@NoDescriptorLeaks
class MemoryCacheIT {
  private final CacheProcess cache;

  MemoryCacheIT() throws IOException {
    cache = new CacheProcess(16 << 20);
  }

  @AfterEach
  void stop() {
    cache.close();
  }

  private CacheClient connect() throws IOException {
    return new CacheClient(cache.address());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void generations_keepItemsCountersAndProcess() throws IOException {
    for (int generation = 1; generation <= 3; generation++) {
      try (CacheClient client = connect()) {
        client.set("key-" + generation, bytes("value-" + generation), false);
        client.flush();
        assertThat(client.answer()).isEqualTo("STORED");
      }
      Map<String, Object> report = cache.update();
      assertThat(report)
          .containsEntry("via", "EXEC")
          .containsEntry("generation", generation)
          .containsEntry("pid", (int) cache.pid())
          .containsKey("blackoutMicros");
      assertThat((List<?>) report.get("files")).hasSize(2);
      assertThat(cache.verify()).isEmpty();
      assertThat(cache.statistic("generation")).isEqualTo(generation);
      assertThat(cache.statistic("cmd_set")).isEqualTo(generation);
      try (CacheClient client = connect()) {
        for (int earlier = 1; earlier <= generation; earlier++) {
          assertThat(client.get("key-" + earlier)).isEqualTo(bytes("value-" + earlier));
        }
      }
    }
  }

  @Test
  void update_toAProgramThatIsNone_changesNothing() throws IOException {
    try (CacheClient client = connect()) {
      client.set("a", bytes("1"), false);
      client.flush();
      assertThat(client.answer()).isEqualTo("STORED");
      for (String command : List.of("/bin/false", "/nowhere/at/all", "/bin/echo listening")) {
        Map<String, Object> answer = cache.ask("update --command " + command).orElseThrow();
        assertThat(answer).as(command).containsKeys("error", "errno", "recovery");
        // Not even the connection was touched: the program was tried before anything was paused.
        assertThat(client.get("a")).isEqualTo(bytes("1"));
      }
    }
    assertThat(cache.verify()).isEmpty();
    assertThat(cache.update()).containsEntry("generation", 1);
  }

  /** The one that comes back is no child of this process, so it must not depend on its streams. */
  @Test
  void guardedUpdate_toAProgramThatFails_bringsThePredecessorBack() throws Exception {
    try (CacheProcess guarded = new CacheProcess(16 << 20, List.of(), List.of())) {
      try (CacheClient client = new CacheClient(guarded.address())) {
        client.set("a", bytes("1"), false);
        client.flush();
        assertThat(client.answer()).isEqualTo("STORED");
      }
      assertThat(guarded.ask("update --guarded --command " + failingCommand())).isEmpty();
      try {
        Map<String, Object> report = guarded.awaitReport(1);
        assertThat(report).doesNotContainEntry("pid", (int) guarded.pid());
        try (CacheClient client = new CacheClient(guarded.address())) {
          assertThat(client.get("a")).isEqualTo(bytes("1"));
        }
        assertThat(guarded.verify()).isEmpty();
      } finally {
        assertThat(guarded.ask("quit").orElseThrow()).containsEntry("ends", true);
      }
    }
  }

  /**
   * It opens luo, so that the dry start is content, and then cannot make a channel of the socket:
   * on a class path, the manifest that allows it does not count.
   */
  private static String failingCommand() {
    return String.join(
        " ",
        Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED --class-path",
        CacheProcess.codeLocation().toString(),
        "dev.luo.examples.memorycache.MemoryCache");
  }

  @Test
  void quit_endsTheProcess() throws Exception {
    assertThat(cache.ask("quit").orElseThrow()).containsEntry("ends", true);
    assertThat(cache.exitStatus()).isZero();
  }

  @Test
  void terminateSignal_removesTheControlSocket() throws Exception {
    cache.update();
    cache.terminate();
    assertThat(cache.exitStatus()).isEqualTo(128 + 15);
    assertThat(cache.controlPath()).doesNotExist();
  }

  @Test
  void endOfStdin_endsTheSuccessorToo() throws Exception {
    cache.update();
    cache.close();
    assertThat(cache.exitStatus()).isZero();
    assertThat(cache.controlPath()).doesNotExist();
  }
}
