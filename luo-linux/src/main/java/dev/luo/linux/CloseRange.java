// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import dev.luo.linux.internal.Kernel;
import dev.luo.linux.internal.Syscall;

/**
 * Closes or marks many descriptors of this process at once, whoever opened them. Since Linux 5.9.
 *
 * <p>This goes past every {@link Fd}, and past the JVM, whose own files are among them.
 */
public final class CloseRange {
  /** The last number there can be. */
  public static final int LAST = Integer.MAX_VALUE;

  private static final int CLOSE_RANGE_CLOEXEC = 4;

  private CloseRange() {}

  /**
   * Marks all open descriptors of a range close-on-exec. Numbers that are not open are passed over.
   *
   * @param first the first number
   * @param last the last number, included; {@link #LAST} for all
   * @throws UnavailableException before Linux 5.11
   * @throws LinuxException EINVAL if the range is empty
   */
  public static void closeOnExec(int first, int last) throws LinuxException {
    call(first, last, CLOSE_RANGE_CLOEXEC);
  }

  /**
   * Closes all open descriptors of a range. Numbers that are not open are passed over.
   *
   * @param first the first number
   * @param last the last number, included; {@link #LAST} for all
   * @throws UnavailableException before Linux 5.9
   * @throws LinuxException EINVAL if the range is empty
   */
  public static void close(int first, int last) throws LinuxException {
    call(first, last, 0);
  }

  private static void call(int first, int last, int flags) throws LinuxException {
    if (first < 0) {
      throw new IllegalArgumentException("no descriptor has the number " + first);
    }
    long result = Kernel.call(Syscall.CLOSE_RANGE, first, last, flags);
    if (result < 0) {
      Errno errno = Errno.ofResult(result);
      String[] arguments = {"first=" + first, "last=" + last, "flags=" + flags};
      if (errno.equals(Errno.ENOSYS) || (errno.equals(Errno.EINVAL) && first <= last)) {
        throw new UnavailableException(
            "close_range needs Linux 5.9, and 5.11 to mark close-on-exec",
            errno,
            "close_range",
            arguments);
      }
      throw new LinuxException(errno, "close_range", arguments);
    }
  }
}
