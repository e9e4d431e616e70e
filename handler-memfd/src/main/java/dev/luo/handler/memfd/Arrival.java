// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.handler.memfd;

import dev.luo.linux.Fd;
import dev.luo.linux.FileIdentity;
import dev.luo.linux.FileIo;
import dev.luo.linux.FileStatus;
import dev.luo.linux.LinuxException;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What must not have changed between freeze and retrieve, as it is found by retrieve.
 *
 * @param identity the inode
 * @param byteSize the size in bytes
 * @param position of the open file description
 */
record Arrival(FileIdentity identity, long byteSize, long position) {

  private static final String POSITION_FIELD = "pos:";
  private static final int FDINFO_BYTES = 512;

  /** Asks the kernel, by system calls. */
  static Arrival of(Fd file) throws LinuxException {
    FileStatus status = FileStatus.of(file);
    return new Arrival(status.identity(), status.byteSize(), FileIo.position(file));
  }

  /**
   * Asks /proc instead, without the foreign linker: in a JVM that has just been started, bringing
   * that up would take longer than all the rest.
   */
  static Arrival ofFreshProcess(Fd file) throws IOException {
    try (Fd.Hold held = file.hold()) {
      String number = Integer.toString(held.number());
      Map<String, Object> attributes =
          Files.readAttributes(Path.of("/proc/self/fd/".concat(number)), "unix:dev,ino,size");
      return new Arrival(
          new FileIdentity(value(attributes, "dev"), value(attributes, "ino")),
          value(attributes, "size"),
          position("/proc/self/fdinfo/".concat(number)));
    }
  }

  private static long value(Map<String, Object> attributes, String name) throws IOException {
    if (attributes.get(name) instanceof Number number) {
      return number.longValue();
    }
    throw new IOException("the JDK tells no ".concat(name));
  }

  /** The position is the first line of fdinfo: a word, blanks, a decimal number. */
  private static long position(String fdinfo) throws IOException {
    byte[] bytes = new byte[FDINFO_BYTES];
    int count;
    try (FileInputStream stream = new FileInputStream(fdinfo)) {
      count = stream.read(bytes);
    }
    String text = new String(bytes, 0, Math.max(0, count), StandardCharsets.ISO_8859_1);
    int end = text.indexOf('\n');
    if (!text.startsWith(POSITION_FIELD) || end < 0) {
      throw new IOException(fdinfo.concat(" does not begin with the position"));
    }
    try {
      return Long.parseLong(text.substring(POSITION_FIELD.length(), end).strip());
    } catch (NumberFormatException noNumber) {
      throw new IOException(fdinfo.concat(" begins with a position that is no number"), noNumber);
    }
  }
}
