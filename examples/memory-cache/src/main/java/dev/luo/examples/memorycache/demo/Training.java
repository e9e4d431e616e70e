// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.demo;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows the JVM once how the cache starts after an update, so that what it takes is loaded and
 * linked ahead of time (JEP 483). {@link CacheProcess} finds the result beside the jar.
 */
public final class Training {
  private static final int BYTE_SIZE = 16 << 20;

  private Training() {}

  /** Trains; without arguments. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path configuration = Files.createTempFile("memory-cache-", ".aotconf");
    try {
      record(configuration);
      assemble(configuration);
    } finally {
      Files.delete(configuration);
    }
  }

  /**
   * The successor writes down what it loaded when it ends, over what its predecessor has written.
   */
  private static void record(Path configuration) throws IOException {
    List<String> options = List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + configuration);
    try (CacheProcess cache = new CacheProcess(BYTE_SIZE, options, CacheProcess.DEPENDENT)) {
      use(cache);
      cache.update();
      use(cache);
    }
  }

  private static void use(CacheProcess cache) throws IOException {
    try (CacheClient client = new CacheClient(cache.address())) {
      client.set("count", "0".getBytes(StandardCharsets.US_ASCII), true);
      client.ask("incr count 1");
      client.get("count");
    }
    cache.statistic("curr_items");
    cache.verify();
  }

  private static void assemble(Path configuration) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            CacheProcess.javaCommand(
                List.of(
                    "-XX:AOTMode=create",
                    "-XX:AOTConfiguration=" + configuration,
                    "-XX:AOTCache=" + CacheProcess.aotCache())));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("the JVM did not assemble the cache: status " + process.exitValue());
    }
  }
}
