// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.handler.memfd;

import dev.luo.linux.Fd;
import dev.luo.linux.FileIo;
import dev.luo.linux.Memfd;
import dev.luo.linux.MemfdFlag;
import dev.luo.linux.Open;
import dev.luo.linux.OpenFlag;
import dev.luo.linux.Seal;
import dev.luo.linux.SealSet;
import dev.luo.testing.Facilities;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;

/** Real memory to preserve, and a stand-in for a kernel that hands memory over. */
final class Memory {
  static final byte[] CONTENT = {1, 2, 3, 5, 8, 13, 21, 34};

  /** Where files are memory that has a name. */
  static final Path TMPFS = Path.of("/dev/shm");

  private Memory() {}

  static void requireTmpfs() {
    Facilities.require("tmpfs", Files.isWritable(TMPFS), TMPFS + " cannot be written to");
  }

  /** Memory that is no memfd: it never had a name. */
  static Fd temporaryFile() throws IOException {
    requireTmpfs();
    return Open.withPermissions(TMPFS.toString(), 0600, OpenFlag.TEMPORARY, OpenFlag.READ_WRITE);
  }

  /** A memfd that may be sealed, with a few bytes in it. */
  static Fd withContent(String name) throws IOException {
    Fd memory = Memfd.create(name, MemfdFlag.ALLOW_SEALING);
    write(memory, 0, CONTENT);
    return memory;
  }

  static void write(Fd memory, long offset, byte... bytes) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      FileIo.pwriteFully(memory, arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes), offset);
    }
  }

  static byte[] read(Fd memory, long offset, int count) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(count);
      FileIo.preadFully(memory, buffer, offset);
      return buffer.toArray(ValueLayout.JAVA_BYTE);
    }
  }

  /** Changes the permission bits, as fchmod does. */
  static void chmod(Fd memory, int mode) throws IOException {
    Files.setAttribute(Path.of("/proc/self/fd/" + memory.number()), "unix:mode", mode);
  }

  /**
   * Does to a memory what Linux 7.2 does over a kexec: a new file with the bytes, size and position
   * of now and the seals of preserve, open for reading and writing, with mode 0777 and without a
   * name.
   */
  static Fd throughKernel(Fd memory, SealSet sealsAtPreserve) throws IOException {
    long byteSize = FileIo.size(memory);
    Fd copy = Memfd.create("", MemfdFlag.ALLOW_SEALING, MemfdFlag.EXEC);
    FileIo.truncate(copy, byteSize);
    if (byteSize > 0 && byteSize <= 1 << 20) {
      write(copy, 0, read(memory, 0, (int) byteSize));
    }
    FileIo.position(copy, FileIo.position(memory));
    Memfd.addSeals(copy, sealsAtPreserve);
    return copy;
  }

  /** Does what Linux 6.19 does: no seals but the one against sealing. */
  static Fd throughKernelThatForgetsSeals(Fd memory) throws IOException {
    return throughKernel(memory, SealSet.of(Seal.SEAL));
  }
}
