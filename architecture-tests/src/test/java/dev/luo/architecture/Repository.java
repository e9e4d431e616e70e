// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The folder that this build runs in. */
public final class Repository {
  /** Maven starts the tests of a module in the module's folder. */
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private Repository() {}

  /** Where this file or folder lies, its path being that inside the repository. */
  public static Path file(String path) {
    return ROOT.resolve(path);
  }

  /** All files of that name ending that belong to the sources, relative to the repository. */
  static List<Path> sources(String ending) throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .map(ROOT::relativize)
          .filter(file -> file.toString().endsWith(ending))
          .filter(file -> Stream.of(".git", "target").noneMatch(name -> contains(file, name)))
          .toList();
    }
  }

  private static boolean contains(Path file, String name) {
    for (Path part : file) {
      if (part.toString().equals(name)) {
        return true;
      }
    }
    return false;
  }
}
