// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import dev.luo.linux.internal.Kernel;
import dev.luo.linux.internal.Syscall;

/** Compares open file descriptions, by whichever call the kernel has. */
final class OpenFileDescriptions {
  private static final int KCMP_FILE = 0;

  private OpenFileDescriptions() {}

  static boolean same(int first, int second) throws LinuxException {
    if (first == second) {
      return true;
    }
    long answer = Fcntl.F_DUPFD_QUERY.call(first, second);
    if (answer >= 0) {
      return answer == 1;
    }
    if (!Errno.ofResult(answer).equals(Errno.EINVAL)) {
      throw Fcntl.F_DUPFD_QUERY.failure(answer, first, second);
    }
    long self = ProcessHandle.current().pid();
    return sameByKcmp(self, first, self, second);
  }

  static boolean sameByKcmp(long pid1, int fd1, long pid2, int fd2) throws LinuxException {
    return kcmp(pid1, fd1, pid2, fd2) == 0;
  }

  /** Answers 0 for one and the same, 1 and 2 for smaller and greater, 3 for merely different. */
  static long kcmp(long pid1, int fd1, long pid2, int fd2) throws LinuxException {
    long order = Kernel.call(Syscall.KCMP, pid1, pid2, KCMP_FILE, fd1, fd2);
    if (order >= 0) {
      return order;
    }
    Errno errno = Errno.ofResult(order);
    String[] arguments = {
      "pid1=" + pid1, "pid2=" + pid2, "type=KCMP_FILE", "fd1=" + fd1, "fd2=" + fd2
    };
    if (errno.equals(Errno.ENOSYS) || errno.equals(Errno.EPERM) || errno.equals(Errno.EACCES)) {
      throw new UnavailableException(
          "comparing open files needs F_DUPFD_QUERY (Linux 6.10) or kcmp with ptrace rights",
          errno,
          "kcmp",
          arguments);
    }
    throw new LinuxException(errno, "kcmp", arguments);
  }
}
