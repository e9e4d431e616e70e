// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.testing.RequiresFacility;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command line clients of libmemcached, by the names that Debian gives them. */
@Timeout(120)
@RequiresFacility(
    value = "libmemcached-tools",
    commands = {"memccapable", "memccp", "memccat", "memcexist", "memcrm", "memctouch", "memcstat"})
class LibmemcachedToolsTest {
  private final RunningServer running;

  @TempDir private Path folder;

  LibmemcachedToolsTest() throws IOException {
    running = new RunningServer(ServerOptions.DEFAULT);
  }

  @AfterEach
  void stop() throws IOException {
    running.close();
  }

  private record Result(int status, String output) {}

  private Result run(String command, String... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of(command));
    line.addAll(List.of(arguments));
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError(line + " did not end: " + Files.readString(output));
    }
    return new Result(process.exitValue(), Files.readString(output, StandardCharsets.ISO_8859_1));
  }

  private String servers() throws IOException {
    return "--servers=127.0.0.1:" + running.port();
  }

  @Test
  void memccapable_passesAllTestsOfTheTextProtocol() throws Exception {
    Result result =
        run("memccapable", "-a", "-h", "127.0.0.1", "-p", Integer.toString(running.port()));
    assertThat(result.output()).contains("All tests passed").doesNotContain("FAIL");
    assertThat(result.output().lines().filter(line -> line.contains("[pass]"))).hasSize(27);
    assertThat(result.status()).isZero();
    running.table.verify();
  }

  @Test
  void files_areCopiedReadTouchedAndRemoved() throws Exception {
    Files.writeString(folder.resolve("first"), "one\n");
    Files.writeString(folder.resolve("second"), "two\n".repeat(200_000));

    assertThat(run("memccp", servers(), "first", "second").status()).isZero();
    assertThat(run("memccat", servers(), "first").output()).startsWith("one");
    assertThat(run("memccat", servers(), "second").output()).hasSizeGreaterThan(800_000);
    assertThat(run("memcexist", servers(), "first").status()).isZero();
    assertThat(run("memctouch", servers(), "--expire=100", "first").status()).isZero();
    assertThat(run("memcrm", servers(), "first").status()).isZero();
    assertThat(run("memcexist", servers(), "first").status()).isNotZero();
    running.table.verify();
  }

  @Test
  void memcstat_understandsTheStatistics() throws Exception {
    Result result = run("memcstat", servers());
    assertThat(result.status()).isZero();
    assertThat(result.output()).contains("curr_items: 0").contains("total_connections: ");
  }
}
