// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What /proc says about the descriptors of this process.
 *
 * <p>Uses plain JDK calls, so it works before the foreign linker is up, and avoids lambdas and
 * string concatenation, which would bring up machinery of their own in a fresh JVM.
 */
final class ProcFs {
  private ProcFs() {}

  /** Attributes of the inode behind a descriptor. */
  record Attributes(long device, long inode, int mode, int links) {}

  /** The link that stands for a descriptor and, opened, opens its file anew. */
  static Path path(int number) {
    return Path.of("/proc/self/fd/".concat(Integer.toString(number)));
  }

  static String target(int number) throws IOException {
    return Files.readSymbolicLink(path(number)).toString();
  }

  static Attributes attributes(int number) throws IOException {
    Map<String, Object> attributes = Files.readAttributes(path(number), "unix:dev,ino,mode,nlink");
    return new Attributes(
        value(attributes, "dev"),
        value(attributes, "ino"),
        (int) value(attributes, "mode"),
        (int) value(attributes, "nlink"));
  }

  private static long value(Map<String, Object> attributes, String name) {
    return attributes.get(name) instanceof Number number ? number.longValue() : 0;
  }

  /** The text of one field of fdinfo, or empty where the kernel shows no such field. */
  static String info(int number, String field) throws IOException {
    Path path = Path.of("/proc/self/fdinfo/".concat(Integer.toString(number)));
    String text = new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      if (end < 0) {
        end = text.length();
      }
      int colon = text.indexOf(':', start);
      if (colon == start + field.length() && text.startsWith(field, start)) {
        return text.substring(colon + 1, end).strip();
      }
      start = end + 1;
    }
    return "";
  }

  /** A number of fdinfo. */
  static OptionalLong infoNumber(int number, String field, int radix) throws IOException {
    String text = info(number, field);
    return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text, radix));
  }
}
