// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import dev.luo.linux.internal.Linkage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;

/** Puts descriptors into words, from whatever can be found out without failing. */
final class Descriptions {
  private static final String MEMFD_PREFIX = "/memfd:";
  private static final String DELETED = " (deleted)";

  private Descriptions() {}

  static String describe(int number) {
    try {
      ProcFs.Attributes attributes = ProcFs.attributes(number);
      String target = ProcFs.target(number);
      FdKind kind = FdKind.of(target, attributes.mode(), attributes.links());
      return "fd " + number + " (" + what(number, kind, target) + ")";
    } catch (IOException notInspectable) {
      return "fd " + number + " (not open, or /proc is not to be read)";
    }
  }

  private static String what(int number, FdKind kind, String target) {
    String words = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return switch (kind) {
      case MEMFD -> words + " \"" + memfdName(target) + "\"" + size(number);
      case REGULAR_FILE -> words + " " + target + size(number);
      case DIRECTORY,
          SYMBOLIC_LINK,
          CHARACTER_DEVICE,
          BLOCK_DEVICE,
          PIPE,
          SOCKET,
          NAMESPACE,
          DMA_BUF ->
          words + " " + target;
      case ANON_INODE, UNKNOWN -> target;
      default -> words;
    };
  }

  static String memfdName(String target) {
    int end = target.endsWith(DELETED) ? target.length() - DELETED.length() : target.length();
    return target.substring(MEMFD_PREFIX.length(), end);
  }

  private static String size(int number) {
    try {
      long size =
          Linkage.isUp() ? FileStatus.read(number).byteSize() : Files.size(ProcFs.path(number));
      return ", " + size + " bytes";
    } catch (IOException unknown) {
      return "";
    }
  }
}
