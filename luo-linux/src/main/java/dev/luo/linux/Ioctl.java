// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import dev.luo.linux.internal.Kernel;
import dev.luo.linux.internal.Syscall;
import java.lang.foreign.MemorySegment;

/**
 * Asks a driver for what only it knows.
 *
 * <p>Requests are numbers of 32 bits whose meaning is the driver's; so are the results. A request
 * that a signal interrupts is not repeated but answers EINTR, since only the caller knows whether
 * that is safe.
 */
public final class Ioctl {
  private Ioctl() {}

  /**
   * Makes a request without argument.
   *
   * @param fd the descriptor
   * @param request the number of the request
   * @return the result, 0 or positive
   * @throws LinuxException ENOTTY if the driver does not know the request, and whatever it answers
   *     otherwise
   */
  public static int call(Fd fd, int request) throws LinuxException {
    return call(fd, request, 0);
  }

  /**
   * Makes a request with a number.
   *
   * @param fd the descriptor
   * @param request the number of the request
   * @param argument the number
   * @return the result, 0 or positive
   * @throws LinuxException as {@link #call(Fd, int)}
   */
  public static int call(Fd fd, int request, long argument) throws LinuxException {
    try (Fd.Hold held = fd.hold()) {
      long result =
          Kernel.call(Syscall.IOCTL, held.number(), Integer.toUnsignedLong(request), argument);
      if (result < 0) {
        throw failure(result, held.number(), request, "argument=" + argument);
      }
      return (int) result;
    }
  }

  /**
   * Makes a request with a structure, which the driver reads, fills or both.
   *
   * <p>The arena of the structure stays open meanwhile; memory that the structure points to is the
   * caller's to keep.
   *
   * @param fd the descriptor
   * @param request the number of the request
   * @param argument the structure, in native memory
   * @return the result, 0 or positive
   * @throws LinuxException as {@link #call(Fd, int)}; EFAULT if a pointer in it leads nowhere
   */
  public static int call(Fd fd, int request, MemorySegment argument) throws LinuxException {
    try (Fd.Hold held = fd.hold()) {
      MemorySegment none = MemorySegment.NULL;
      long result =
          Kernel.call(
              Syscall.IOCTL,
              Kernel.number(held.number()),
              Kernel.number(Integer.toUnsignedLong(request)),
              argument,
              none,
              none,
              none);
      if (result < 0) {
        throw failure(result, held.number(), request, "size=" + argument.byteSize());
      }
      return (int) result;
    }
  }

  private static LinuxException failure(long result, int number, int request, String argument) {
    String name = "request=0x" + Integer.toHexString(request);
    return new LinuxException(Errno.ofResult(result), "ioctl", "fd=" + number, name, argument);
  }
}
