// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.luo.testing.NoDescriptorLeaks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The cache in a process of its own, really replaced by exec. */
@Timeout(300)
@NoDescriptorLeaks
class MemoryCacheIT {
  private static final List<String> STRICT = List.of("--illegal-native-access=deny");
  private static final String JAVA =
      Path.of(System.getProperty("java.home", ""), "bin", "java").toString();

  private final CacheProcess cache;

  @TempDir private Path folder;

  MemoryCacheIT() throws IOException {
    cache = new CacheProcess(16 << 20, STRICT, CacheProcess.DEPENDENT);
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

  private static void store(CacheClient client, String key, String value) throws IOException {
    client.set(key, bytes(value), false);
    client.flush();
    assertThat(client.answer()).isEqualTo("STORED");
  }

  @Test
  void generations_keepItemsCountersAndProcess() throws IOException {
    for (int generation = 1; generation <= 3; generation++) {
      try (CacheClient client = connect()) {
        store(client, "key-" + generation, "value-" + generation);
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

  /** Each with what the answer has to say, for there is more than one way to be refused. */
  static Stream<Arguments> programsThatAreNone() {
    return Stream.of(
        arguments("/nowhere/at/all", "ENOENT"),
        arguments("FOLDER/plain", "EACCES"),
        arguments("FOLDER", "EACCES"),
        arguments("/bin/false", "ended before it opened luo"),
        arguments("/bin/echo listening", "it exited with status 0"),
        arguments(JAVA + " -XX:NoSuchFlag", "Unrecognized VM option"),
        arguments(JAVA + " -cp /nowhere Nope", "ClassNotFoundException"));
  }

  @ParameterizedTest
  @MethodSource("programsThatAreNone")
  void update_toAProgramThatIsNone_changesNothing(String program, String reason)
      throws IOException {
    Files.writeString(folder.resolve("plain"), "#!/bin/sh\n");
    String command = program.replace("FOLDER", folder.toString());
    try (CacheClient client = connect()) {
      store(client, "a", "1");
      assertThat(cache.ask("update --command " + command).orElseThrow())
          .containsKeys("error", "errno", "recovery")
          .asString()
          .contains(reason);
      // Not even the connection was touched: the program was tried before anything was paused.
      assertThat(client.get("a")).isEqualTo(bytes("1"));
    }
    assertServesAndCanBeUpdated();
  }

  @Test
  void update_whoseExecveFails_changesNothing() throws IOException {
    Path script = folder.resolve("once");
    Files.writeString(
        script,
        "#!/bin/sh\nrm \"$0\"\nexec %s\n"
            .formatted(
                String.join(
                    " ", CacheProcess.command(STRICT, 16 << 20, cache.controlPath(), List.of()))));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    try (CacheClient client = connect()) {
      store(client, "a", "1");
    }
    assertThat(cache.ask("update --command " + script).orElseThrow())
        .containsKey("recovery")
        .asString()
        .contains("execve(path=" + script, "ENOENT");
    assertThat(script).as("was tried").doesNotExist();
    assertServesAndCanBeUpdated();
  }

  private void assertServesAndCanBeUpdated() throws IOException {
    try (CacheClient client = connect()) {
      assertThat(client.get("a")).isEqualTo(bytes("1"));
      store(client, "b", "2");
    }
    assertThat(cache.verify()).isEmpty();
    assertThat(cache.update()).containsEntry("generation", 1);
    try (CacheClient client = connect()) {
      assertThat(client.getAll("a b")).containsOnlyKeys("a", "b");
    }
  }

  /** The one that comes back is no child of this process, so it must not depend on its streams. */
  @Test
  void guardedUpdate_toAProgramThatFails_bringsThePredecessorBack() throws Exception {
    try (CacheProcess guarded = new CacheProcess(16 << 20, STRICT, List.of())) {
      try (CacheClient client = new CacheClient(guarded.address())) {
        store(client, "a", "1");
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
        JAVA,
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
