// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.testing;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The descriptors of this process at one moment, but for those that the JDK keeps for itself. */
record OpenDescriptors(Set<Descriptor> descriptors) {
  private static final Path FOLDER = Path.of("/proc/self/fd");
  private static final Path JAVA_HOME = Path.of(requireNonNull(System.getProperty("java.home")));

  /**
   * One of them; two are the same if number and target are.
   *
   * @param number as the kernel counts
   * @param target what {@code /proc/self/fd} says it refers to
   */
  record Descriptor(int number, String target) {
    @Override
    public String toString() {
      return number + " -> " + target;
    }
  }

  static OpenDescriptors now() {
    Set<Descriptor> found = new HashSet<>();
    try (DirectoryStream<Path> folder = Files.newDirectoryStream(FOLDER)) {
      for (Path entry : folder) {
        try {
          String target = Files.readSymbolicLink(entry).toString();
          if (!isOfJdk(target)) {
            found.add(
                new Descriptor(Integer.parseInt(FOLDER.relativize(entry).toString()), target));
          }
        } catch (NoSuchFileException closedMeanwhile) {
          // Another thread closed it between listing and reading, so it is not open.
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new OpenDescriptors(Collections.unmodifiableSet(found));
  }

  /** What is open here and was not open in {@code earlier}, by number. */
  List<Descriptor> openedSince(OpenDescriptors earlier) {
    List<Descriptor> opened = new ArrayList<>(descriptors);
    opened.removeAll(earlier.descriptors);
    opened.sort((a, b) -> Integer.compare(a.number, b.number));
    return opened;
  }

  private static boolean isOfJdk(String target) {
    return target.endsWith(".jar")
        || target.equals("/dev/random")
        || target.equals("/dev/urandom")
        || isThisListing(target)
        || Path.of(target).startsWith(JAVA_HOME);
  }

  private static boolean isThisListing(String target) {
    return target.equals("/proc/" + ProcessHandle.current().pid() + "/fd");
  }
}
