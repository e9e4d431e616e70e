// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

/**
 * The kernel's forms of an image, of which luo writes either and reads both. Page 0, checksums and
 * whatever the kernel's form has no room for are luo's own, and the same with each.
 */
public enum ImageAbi {

  /** That of Linux 7.2: chains of blocks. What is written if nothing is said. */
  LUO_V5("luo-v5", 510_000, 630_000),

  /**
   * That of Linux 6.19: a device tree, and areas of a fixed size. For looking at images with the
   * tools of that kernel, and for a successor that reads nothing else.
   */
  LUO_V1("luo-v1", 819, 128);

  private final String compatible;
  private final int maxSessions;
  private final int maxFiles;

  ImageAbi(String compatible, int maxSessions, int maxFiles) {
    this.compatible = compatible;
    this.maxSessions = maxSessions;
    this.maxFiles = maxFiles;
  }

  /** Returns its name, as it stands in an image and in the description of a program. */
  public String compatible() {
    return compatible;
  }

  /** Returns how many sessions it has room for (LUO-SES-12). */
  public int maxSessions() {
    return maxSessions;
  }

  /** Returns how many files of one session it has room for (LUO-FIL-19). */
  public int maxFiles() {
    return maxFiles;
  }

  @Override
  public String toString() {
    return compatible;
  }
}
