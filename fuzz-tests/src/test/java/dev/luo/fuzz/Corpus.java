// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The inputs that a target begins with. */
final class Corpus {

  /** Maven starts the tests of a module in the module's folder. */
  private static final Path KEPT = Path.of("src", "test", "resources", "corpus");

  private Corpus() {}

  /** Returns seeds and kept files, by name. */
  static Map<String, byte[]> of(Targets title, Target target) throws Exception {
    Map<String, byte[]> inputs = new TreeMap<>(kept(title));
    List<byte[]> seeds = target.seeds();
    for (int i = 0; i < seeds.size(); i++) {
      inputs.put("seed-" + i, seeds.get(i));
    }
    return inputs;
  }

  private static Map<String, byte[]> kept(Targets title) throws IOException {
    Map<String, byte[]> inputs = new TreeMap<>();
    Path folder = KEPT.resolve(title.title());
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        files.forEach(file -> inputs.put(file.getFileName().toString(), bytes(file)));
      }
    }
    return inputs;
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the seeds of all targets to a folder each, for {@code ./run}. */
  static void main(String[] arguments) throws Exception {
    for (Targets title : Targets.values()) {
      Path folder = Files.createDirectories(Path.of(arguments[0], title.title()));
      List<byte[]> seeds = title.open().seeds();
      for (int i = 0; i < seeds.size(); i++) {
        Files.write(folder.resolve("seed-" + i), seeds.get(i));
      }
    }
  }
}
