// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One of the descriptors that this process has open, whoever opened it.
 *
 * @param number its number
 * @param kind what it refers to
 * @param target what /proc calls it
 * @param openedAt where its {@link Fd} was made, if there is one and {@link DescriptorLeaks} tracks
 *     it
 */
public record OpenDescriptor(
    int number, FdKind kind, String target, Optional<List<StackTraceElement>> openedAt) {
  private static final Path TABLE = Path.of("/proc/self/fd");

  /**
   * Lists what is open at this moment, the descriptor used for listing left out.
   *
   * @return in ascending order of numbers
   * @throws IOException if /proc cannot be read
   */
  public static List<OpenDescriptor> list() throws IOException {
    String listing = "/proc/" + ProcessHandle.current().pid() + "/fd";
    List<OpenDescriptor> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(TABLE)) {
      for (Path entry : entries) {
        int number = Integer.parseInt(String.valueOf(entry.getFileName()));
        describe(number)
            .filter(open -> open.kind() != FdKind.DIRECTORY || !open.target().equals(listing))
            .ifPresent(found::add);
      }
    } catch (DirectoryIteratorException failure) {
      throw failure.getCause();
    }
    found.sort(Comparator.comparingInt(OpenDescriptor::number));
    return found;
  }

  private static Optional<OpenDescriptor> describe(int number) throws IOException {
    try {
      String target = ProcFs.target(number);
      ProcFs.Attributes attributes = ProcFs.attributes(number);
      FdKind kind = FdKind.of(target, attributes.mode(), attributes.links());
      return Optional.of(new OpenDescriptor(number, kind, target, DescriptorLeaks.placeOf(number)));
    } catch (NoSuchFileException closedMeanwhile) {
      return Optional.empty();
    }
  }
}
