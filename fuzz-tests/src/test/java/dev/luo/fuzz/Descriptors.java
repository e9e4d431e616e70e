// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.fuzz;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/** Holds a reader to closing what it opens, and nothing else. */
public final class Descriptors {

  /** What luo and its handlers open; the JVM opens its own files when it likes. */
  private static final String OURS = "/memfd:";

  private Descriptors() {}

  /** Returns what memfds are open, by number. */
  public static SortedMap<Integer, String> memfds() throws IOException {
    SortedMap<Integer, String> open = new TreeMap<>();
    try (DirectoryStream<Path> numbers = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path number : numbers) {
        String file = target(number);
        if (file.startsWith(OURS)) {
          open.put(Integer.valueOf(number.getFileName().toString()), file);
        }
      }
    }
    return open;
  }

  private static String target(Path number) {
    try {
      return Files.readSymbolicLink(number).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }
}
