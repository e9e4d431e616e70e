// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Ctrl-C at a terminal: all processes of {@code ./demo} get the signal at once. It is run in a
 * checkout made of links, built but not trained.
 */
@Timeout(300)
class InterruptIT {
  @TempDir private Path folder;

  /** When the interrupt comes: as soon as a process with this in its command line is there. */
  enum Moment {
    CACHE_IS_TRAINED("-XX:AOTMode=record", 1),
    SUCCESSOR_IS_TRAINED("-XX:AOTMode=record", 2),
    TRAINING_IS_WRITTEN("-XX:AOTMode=create", 1),
    CACHE_STARTS("--until-stdin-ends", 1),
    CACHE_IS_REPLACED("--until-stdin-ends", 2);

    private final String words;
    private final int processes;

    Moment(String words, int processes) {
      this.words = words;
      this.processes = processes;
    }

    boolean isReached(Process process) {
      Predicate<ProcessHandle> isMeant =
          each -> each.info().commandLine().filter(line -> line.contains(words)).isPresent();
      boolean wantsTraining = words.startsWith("-XX");
      return process
              .descendants()
              .filter(isMeant)
              .filter(each -> wantsTraining || !isTraining(each))
              .count()
          >= processes;
    }

    private static boolean isTraining(ProcessHandle process) {
      return process.info().commandLine().filter(line -> line.contains("AOTMode")).isPresent();
    }
  }

  private static Path repository() {
    Path module = Objects.requireNonNull(CacheProcess.codeLocation().getParent()).resolve("..");
    return module.resolve("../..").normalize();
  }

  /** Makes what {@code ./demo} looks for, so that it writes nothing where others read. */
  private Path checkOut() throws IOException {
    Path root = Files.createDirectory(folder.resolve("checkout"));
    Path repository = repository();
    try (Stream<Path> entries = Files.list(repository)) {
      for (Path entry : entries.toList()) {
        if (!entry.endsWith("examples")) {
          Files.createSymbolicLink(root.resolve(entry.getFileName()), entry);
        }
      }
    }
    Path module = Files.createDirectories(root.resolve("examples/memory-cache"));
    Path original = repository.resolve("examples/memory-cache");
    Files.createSymbolicLink(module.resolve("src"), original.resolve("src"));
    Path target = Files.createDirectory(module.resolve("target"));
    Files.createSymbolicLink(target.resolve("lib"), original.resolve("target/lib"));
    Path jar = CacheProcess.codeLocation();
    Files.copy(jar, target.resolve(jar.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
    return root;
  }

  private Process start(Path checkout, Path temporary) throws IOException {
    // A process group of its own, as a shell gives to what is run in it, and an interrupt that is
    // not
    // ignored, as it is in whatever was started in the background.
    ProcessBuilder builder =
        new ProcessBuilder(
            "env",
            "--default-signal=INT",
            "setsid",
            checkout.resolve("demo").toString(),
            "--size=64m",
            "--updates=1000000");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home", ""));
    builder.environment().put("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + temporary);
    return builder
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output").toFile())
        .start();
  }

  @ParameterizedTest
  @EnumSource
  void interrupt_leavesNothingBehind(Moment moment) throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    Path checkout = checkOut();
    Path target = checkout.resolve("examples/memory-cache/target");
    Process process = start(checkout, temporary);
    while (!moment.isReached(process)) {
      if (!process.isAlive()) {
        throw new AssertionError("ended too early: " + Files.readString(folder.resolve("output")));
      }
      LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
    }
    List<ProcessHandle> family = process.descendants().toList();
    assertThat(kill("-INT", process.pid())).isZero();
    assertThat(process.waitFor()).isEqualTo(128 + 2);

    assertThat(family).noneMatch(ProcessHandle::isAlive);
    String output = Files.readString(folder.resolve("output"), StandardCharsets.UTF_8);
    assertThat(output).doesNotContain("Exception").doesNotContain("\tat ");
    assertThat(names(temporary)).isEmpty();
    List<String> result = new ArrayList<>(List.of("lib"));
    result.add(CacheProcess.codeLocation().getFileName().toString());
    if (!moment.words.startsWith("-XX")) {
      result.add("memory-cache.aot");
    }
    assertThat(names(target)).containsExactlyInAnyOrderElementsOf(result);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }

  private static int kill(String signal, long group) throws IOException, InterruptedException {
    return new ProcessBuilder("kill", signal, "--", "-" + group).start().waitFor();
  }
}
