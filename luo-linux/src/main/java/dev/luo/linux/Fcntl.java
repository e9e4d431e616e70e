// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import dev.luo.linux.internal.Kernel;
import dev.luo.linux.internal.Syscall;

/** The commands of {@code fcntl} that this package uses. */
enum Fcntl {
  F_GETFD(1),
  F_SETFD(2),
  F_GETFL(3),
  F_SETFL(4),
  F_DUPFD_QUERY(1027),
  F_DUPFD_CLOEXEC(1030),
  F_ADD_SEALS(1033),
  F_GET_SEALS(1034);

  private final int code;

  Fcntl(int code) {
    this.code = code;
  }

  /** Makes the call and answers the result as it comes: negative for an error. */
  long call(int number, long argument) {
    return Kernel.call(Syscall.FCNTL, number, code, argument);
  }

  /** Makes the call. */
  int on(Fd fd, int argument) throws LinuxException {
    try (Fd.Hold held = fd.hold()) {
      long result = call(held.number(), argument);
      if (result < 0) {
        throw failure(result, held.number(), argument);
      }
      return (int) result;
    }
  }

  LinuxException failure(long result, int number, long argument) {
    return new LinuxException(
        Errno.ofResult(result), "fcntl", "fd=" + number, "command=" + this, "argument=" + argument);
  }
}
