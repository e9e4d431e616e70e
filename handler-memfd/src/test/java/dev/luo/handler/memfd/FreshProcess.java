// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.handler.memfd;

import dev.luo.linux.Fd;
import dev.luo.spi.Restored;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A successor that has just been started: its standard input is the memory, and a file holds the
 * record. Says on standard output what came of it.
 */
final class FreshProcess {
  private FreshProcess() {}

  /** Retrieves once. */
  public static void main(String[] arguments) throws Exception {
    MemorySegment record = map(Path.of(arguments[0]));
    Rig rig = new Rig(Fd.adopt(0));
    rig.arrive(record, MemfdRecord.decode(record).slot(), Fd.adopt(0));
    Restored restored = rig.retrieveLent();
    System.out.println(restored.fidelity() + " " + restored.note());
    // Without closing anything: that would be the first use of the linker.
    Runtime.getRuntime().halt(0);
  }

  private static MemorySegment map(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return channel.map(MapMode.READ_ONLY, 0, channel.size(), Arena.global());
    }
  }
}
