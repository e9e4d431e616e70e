// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import dev.luo.linux.internal.Kernel;
import dev.luo.linux.internal.Syscall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The two ends of a pipe.
 *
 * @param reading the end to read from
 * @param writing the end to write to
 */
public record Pipe(Fd reading, Fd writing) implements AutoCloseable {
  /**
   * Creates a pipe, both ends close-on-exec.
   *
   * @param flags {@link OpenFlag#NON_BLOCKING} or {@link OpenFlag#DIRECT} (packets)
   * @return the owners of the new descriptors
   * @throws LinuxException EMFILE if the process has as many descriptors as it may
   */
  public static Pipe create(OpenFlag... flags) throws LinuxException {
    int bits = OpenFlag.CLOSE_ON_EXEC;
    for (OpenFlag flag : flags) {
      bits |= flag.bits();
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ends = arena.allocate(ValueLayout.JAVA_INT, 2);
      long result = Kernel.call(Syscall.PIPE2, ends.address(), bits);
      if (result < 0) {
        throw new LinuxException(Errno.ofResult(result), "pipe2");
      }
      return new Pipe(
          Fd.adopt(ends.getAtIndex(ValueLayout.JAVA_INT, 0)),
          Fd.adopt(ends.getAtIndex(ValueLayout.JAVA_INT, 1)));
    }
  }

  /** Closes both ends. */
  @Override
  public void close() {
    reading.close();
    writing.close();
  }
}
