// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Which start of the kernel this is: chosen anew at each.
 *
 * @param value the identity
 */
public record BootId(UUID value) {
  private static final Path FILE = Path.of("/proc/sys/kernel/random/boot_id");

  /**
   * Reads that of the running kernel. Needs no foreign linker.
   *
   * @return the identity
   * @throws IOException if /proc cannot be read
   */
  public static BootId current() throws IOException {
    return new BootId(UUID.fromString(Files.readString(FILE, StandardCharsets.US_ASCII).strip()));
  }

  /**
   * Shows the identity.
   *
   * @return as /proc does
   */
  @Override
  public String toString() {
    return value.toString();
  }
}
