// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.internal;

/**
 * The instruction sets whose kernel interface is known here.
 *
 * <p>System call numbers and a handful of flags differ between them; structure layouts, as far as
 * this module uses them, do not.
 */
public enum Architecture {
  X86_64,
  AARCH64;

  /** The one that runs this JVM. */
  public static final Architecture CURRENT = detect();

  private static Architecture detect() {
    String os = String.valueOf(System.getProperty("os.name"));
    String arch = String.valueOf(System.getProperty("os.arch"));
    if (!os.equals("Linux")) {
      throw new UnsupportedOperationException(
          "dev.luo.linux runs on Linux only, and this is " + os);
    }
    return switch (arch) {
      case "amd64", "x86_64" -> X86_64;
      case "aarch64" -> AARCH64;
      default ->
          throw new UnsupportedOperationException(
              "dev.luo.linux knows the system calls of x86-64 and aarch64, and this is " + arch);
    };
  }

  /** The value that holds on this architecture. */
  public int pick(int x86, int generic) {
    return this == X86_64 ? x86 : generic;
  }
}
