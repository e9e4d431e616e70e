// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What happens to signals that arrive.
 *
 * @param blocked those held back; this belongs to a thread
 * @param ignored those without any effect
 * @param caught those that the program handles
 */
public record Signals(Set<Signal> blocked, Set<Signal> ignored, Set<Signal> caught) {
  /** Copies the sets. */
  public Signals {
    blocked = Set.copyOf(blocked);
    ignored = Set.copyOf(ignored);
    caught = Set.copyOf(caught);
  }

  /**
   * Reads the state of the calling thread; for a virtual one, that of its carrier.
   *
   * @return the state at this moment
   * @throws IOException if /proc cannot be read
   */
  public static Signals ofThread() throws IOException {
    return read(Path.of("/proc/thread-self/status"));
  }

  /**
   * Reads the state of the first thread of a process.
   *
   * @param pid the number of the process
   * @return the state at this moment
   * @throws IOException if there is no such process, or /proc cannot be read
   */
  public static Signals ofProcess(long pid) throws IOException {
    return read(Path.of("/proc", Long.toString(pid), "status"));
  }

  private static Signals read(Path status) throws IOException {
    List<String> lines = Files.readAllLines(status, StandardCharsets.ISO_8859_1);
    return new Signals(set(lines, "SigBlk:"), set(lines, "SigIgn:"), set(lines, "SigCgt:"));
  }

  private static Set<Signal> set(List<String> lines, String field) throws IOException {
    for (String line : lines) {
      if (line.startsWith(field)) {
        return ofBits(Long.parseUnsignedLong(line.substring(field.length()).strip(), 16));
      }
    }
    throw new IOException("/proc shows no " + field);
  }

  static Set<Signal> ofBits(long bits) {
    Set<Signal> signals = new HashSet<>();
    for (int number = 1; number <= Signal.COUNT; number++) {
      if ((bits >>> (number - 1) & 1) != 0) {
        signals.add(new Signal(number));
      }
    }
    return signals;
  }
}
