// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi.paper;

import dev.luo.linux.Fd;
import dev.luo.linux.FileIo;
import dev.luo.linux.MapFlag;
import dev.luo.linux.Mapping;
import dev.luo.linux.Memfd;
import dev.luo.linux.MemfdFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a kernel makes of a memfd that crossed: a new one with the old bytes, position and seals,
 * and without name, mode, status flags and access mode. The real thing needs a kexec.
 */
final class KernelCrossing {

  private KernelCrossing() {}

  static Fd cross(Fd memfd) throws IOException {
    Fd made = Memfd.create("", MemfdFlag.ALLOW_SEALING);
    long byteSize = FileIo.size(memfd);
    if (byteSize > 0) {
      try (Mapping bytes = Mapping.map(memfd, byteSize, MapFlag.READ_ONLY)) {
        FileIo.pwriteFully(made, bytes.segment(), 0);
      }
    }
    FileIo.position(made, FileIo.position(memfd));
    Files.setAttribute(
        Path.of("/proc/self/fd", Integer.toString(made.number())), "unix:mode", 0777);
    Memfd.addSeals(made, Memfd.seals(memfd));
    return made;
  }
}
