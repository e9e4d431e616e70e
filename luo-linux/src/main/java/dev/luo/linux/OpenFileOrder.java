// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

/**
 * The kernel's order of open file descriptions. It means nothing in itself and differs from boot to
 * boot, but among descriptions that stay open it does not change: one of many is found in a number
 * of calls that grows with the logarithm of their number.
 *
 * <p>Thread-safe.
 */
public final class OpenFileOrder {
  private OpenFileOrder() {}

  /**
   * Tells whether the kernel lets this process know the order, by comparing a descriptor with
   * itself.
   *
   * @param any an open descriptor
   * @return false if kcmp is missing or forbidden
   * @throws LinuxException EBADF if the number is not open
   */
  public static boolean isKnown(Fd any) throws LinuxException {
    try {
      return compare(any, any) == 0;
    } catch (UnavailableException forbidden) {
      return false;
    }
  }

  /**
   * Compares the open file descriptions behind two descriptors.
   *
   * @param first one descriptor
   * @param second the other one
   * @return a negative number, zero, or a positive number if the first one's is before, the same
   *     as, or behind the second one's
   * @throws UnavailableException if kcmp is missing or forbidden
   * @throws LinuxException EBADF if a number is not open
   */
  public static int compare(Fd first, Fd second) throws LinuxException {
    long self = ProcessHandle.current().pid();
    try (Fd.Hold one = first.hold();
        Fd.Hold other = second.hold()) {
      long order = OpenFileDescriptions.kcmp(self, one.number(), self, other.number());
      return switch ((int) order) {
        case 0 -> 0;
        case 1 -> -1;
        case 2 -> 1;
        default ->
            throw new UnavailableException(
                "the kernel tells open files apart and does not order them",
                Errno.EOPNOTSUPP,
                "kcmp",
                "fd1=" + one.number(),
                "fd2=" + other.number());
      };
    }
  }
}
