// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.internal;

import java.util.Locale;

/**
 * The system calls this module makes, with their numbers.
 *
 * <p>The first number is that of x86-64, which has a table of its own; the second is that of the
 * generic table, which aarch64 uses.
 */
public enum Syscall {
  READ(0, 63),
  WRITE(1, 64),
  PREAD64(17, 67),
  PWRITE64(18, 68),
  CLOSE(3, 57),
  LSEEK(8, 62),
  FSYNC(74, 82),
  FTRUNCATE(77, 46),
  FALLOCATE(285, 47),
  OPENAT(257, 56),
  PIPE2(293, 59),
  FCNTL(72, 25),
  IOCTL(16, 29),
  PPOLL(271, 73),
  MMAP(9, 222),
  MUNMAP(11, 215),
  MADVISE(28, 233),
  MSYNC(26, 227),
  MEMFD_CREATE(319, 279),
  STATX(332, 291),
  EVENTFD2(290, 19),
  CLOSE_RANGE(436, 436),
  FUTEX(202, 98),
  PRLIMIT64(302, 261),
  CLOCK_GETTIME(228, 113),
  KCMP(312, 272),
  PIDFD_OPEN(434, 434),
  PIDFD_GETFD(438, 438),
  PIDFD_SEND_SIGNAL(424, 424),
  WAITID(247, 95),
  EXECVE(59, 221),
  RT_SIGPROCMASK(14, 135),
  RT_SIGACTION(13, 134),
  SOCKET(41, 198),
  SOCKETPAIR(53, 199),
  BIND(49, 200),
  LISTEN(50, 201),
  ACCEPT4(288, 242),
  CONNECT(42, 203),
  GETSOCKNAME(51, 204),
  GETPEERNAME(52, 205),
  GETSOCKOPT(55, 209),
  SETSOCKOPT(54, 208),
  SHUTDOWN(48, 210),
  SENDMSG(46, 211),
  RECVMSG(47, 212);

  private final int number;
  private final String text;

  Syscall(int x86, int generic) {
    this.number = Architecture.CURRENT.pick(x86, generic);
    this.text = name().toLowerCase(Locale.ROOT);
  }

  /** The number on the machine that runs this. */
  public int number() {
    return number;
  }

  /** The name as the manual writes it, such as {@code "ftruncate"}. */
  @Override
  public String toString() {
    return text;
  }
}
