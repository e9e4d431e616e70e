// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration, as a visitor runs it. */
@Timeout(300)
class DemoIT {
  @TempDir private Path folder;

  private record Result(int status, String output, String errors) {}

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    // Where the demonstration leaves something behind, it is seen here.
    command.add("-Djava.io.tmpdir=" + folder);
    command.addAll(List.of("-cp", CacheProcess.codeLocation().toString(), Demo.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    // For the caches that the demonstration starts: it asks for no such thing itself.
    builder.environment().put("JDK_JAVA_OPTIONS", "--illegal-native-access=deny");
    return builder.start();
  }

  private Result run(String... arguments) throws IOException, InterruptedException {
    Process process = start(arguments);
    CompletableFuture<String> errors =
        CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
    String output = text(process.getInputStream());
    return new Result(process.waitFor(), output, errors.join());
  }

  private static String text(InputStream stream) {
    try {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertNothingIsLeft() throws IOException {
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.filter(path -> !path.getFileName().toString().startsWith("hsperfdata")))
          .isEmpty();
    }
  }

  @Test
  void json_ofThreeUpdates() throws Exception {
    Result result = run("--size=64m", "--updates=3", "--json");
    assertThat(result.status()).as(result.errors()).isZero();
    Map<String, Object> json = JSON.std.mapFrom(result.output());
    assertThat(json)
        .containsEntry("via", "exec")
        .containsEntry("bytes", 64 << 20)
        .containsEntry("allocatedBytes", 64 << 20)
        .containsEntry("files", 2)
        .containsEntry("updates", 3)
        .containsEntry("lost", 0)
        .containsEntry("duplicates", 0)
        .containsEntry("errors", 0);
    assertThat(Outcome.number(json, "keys")).isGreaterThan(900);
    assertThat(Outcome.number(json, "blackoutMicros")).isPositive();
    assertThat(Outcome.number(json, "clientGapMicros")).isPositive();
    assertThat((List<?>) json.get("phases")).hasSize(3);
    assertNothingIsLeft();
  }

  @Test
  void smallValues_forPeople() throws Exception {
    Result result = run("--size=8m", "--value-size=512", "--updates=1");
    assertThat(result.status()).as(result.errors()).isZero();
    assertThat(result.output())
        .contains("update 1", "blackout", "memfd-user-v1 LIVE", "lost 0, twice 0, errors 0");
    assertNothingIsLeft();
  }

  @Test
  void options_withoutSense() throws Exception {
    for (String option :
        List.of("--size=1m", "--updates=0", "--value-size=2m", "--via=boat", "--size=9000001")) {
      assertThat(run(option).status()).as(option).isEqualTo(2);
    }
  }

  @Test
  void kill_takesTheCacheAlong() throws Exception {
    Process process = start("--size=64m", "--updates=1000000");
    List<ProcessHandle> children = awaitChildren(process);
    process.destroyForcibly().waitFor();
    for (ProcessHandle child : children) {
      child.onExit().join();
    }
  }

  private static List<ProcessHandle> awaitChildren(Process process) {
    List<ProcessHandle> children = process.children().toList();
    while (children.isEmpty() && process.isAlive()) {
      Thread.onSpinWait();
      children = process.children().toList();
    }
    assertThat(children).isNotEmpty();
    return children;
  }
}
