// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.demo;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
  public static void main(String[] arguments) {
    try {
      train();
    } catch (IOException | InterruptedException | IllegalStateException e) {
      System.exit(Failure.report(e));
    }
  }

  /**
   * Everything is made beside the result, which is put in its place when it is complete: it is used
   * if it is there.
   */
  private static void train() throws IOException, InterruptedException {
    try (Leftovers leftovers = new Leftovers()) {
      Path configuration = intermediate(leftovers, ".conf");
      Path result = intermediate(leftovers, ".part");
      record(leftovers, configuration);
      assemble(leftovers, configuration, result);
      Files.move(result, CacheProcess.aotCache(), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static Path intermediate(Leftovers leftovers, String suffix) throws IOException {
    Path result = CacheProcess.aotCache();
    return leftovers.create(
        () -> result.resolveSibling(result.getFileName() + suffix), Files::deleteIfExists);
  }

  /**
   * The successor writes down what it loaded when it ends, over what its predecessor has written.
   */
  private static void record(Leftovers leftovers, Path configuration) throws IOException {
    List<String> options = List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + configuration);
    // It writes when it is interrupted, too, so the file may be removed only after it has ended.
    CacheProcess cache =
        leftovers.create(
            () -> new CacheProcess(BYTE_SIZE, options, CacheProcess.DEPENDENT),
            CacheProcess::close);
    try (cache) {
      use(cache);
      cache.update();
      use(cache);
    } catch (IOException e) {
      throw cache.reasonFor(e);
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

  private static void assemble(Leftovers leftovers, Path configuration, Path result)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            CacheProcess.javaCommand(
                List.of(
                    "-XX:AOTMode=create",
                    "-XX:AOTConfiguration=" + configuration,
                    "-XX:AOTCache=" + result)));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD);
    Process process =
        leftovers.create(builder::start, started -> started.destroyForcibly().waitFor());
    switch (process.waitFor()) {
      case 0 -> {}
      case Failure.INTERRUPTED -> throw new InterruptedCacheException();
      default ->
          throw new IOException(
              "the JVM did not assemble the cache: status " + process.exitValue());
    }
  }
}
