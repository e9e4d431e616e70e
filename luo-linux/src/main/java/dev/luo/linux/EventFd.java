// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import dev.luo.linux.internal.Kernel;
import dev.luo.linux.internal.Syscall;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.OptionalLong;

/** Counters that wake whoever waits for them. */
public final class EventFd {
  private static final int CLOSE_ON_EXEC = 02000000;

  private EventFd() {}

  /**
   * Creates a counter, close-on-exec.
   *
   * @param initial what it counts from
   * @param flags what it is to be like
   * @return the owner of the new descriptor
   * @throws LinuxException EMFILE if the process has as many descriptors as it may
   */
  public static Fd create(int initial, EventFdFlag... flags) throws LinuxException {
    int bits = CLOSE_ON_EXEC;
    for (EventFdFlag flag : flags) {
      bits |= flag.bits();
    }
    long result = Kernel.call(Syscall.EVENTFD2, Integer.toUnsignedLong(initial), bits);
    if (result < 0) {
      throw new LinuxException(Errno.ofResult(result), "eventfd2", "initial=" + initial);
    }
    return Fd.adopt((int) result);
  }

  /**
   * Adds to the counter and wakes those who wait for it.
   *
   * @param eventFd the counter
   * @param count how much to add; not −1 taken as unsigned
   * @throws LinuxException EAGAIN if the counter would overflow and the descriptor does not wait
   */
  public static void signal(Fd eventFd, long count) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      FileIo.write(eventFd, arena.allocateFrom(ValueLayout.JAVA_LONG, count));
    }
  }

  /**
   * Takes the count, or one of a semaphore, and waits for it unless the descriptor does not wait.
   *
   * @param eventFd the counter
   * @return what was taken; empty if there was nothing to take
   * @throws LinuxException EINVAL if it is no counter
   */
  public static OptionalLong take(Fd eventFd) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment count = arena.allocate(ValueLayout.JAVA_LONG);
      FileIo.read(eventFd, count);
      return OptionalLong.of(count.get(ValueLayout.JAVA_LONG, 0));
    } catch (LinuxException failure) {
      if (failure.errno().equals(Errno.EAGAIN)) {
        return OptionalLong.empty();
      }
      throw failure;
    }
  }

  /**
   * Tells the count without taking it.
   *
   * @param eventFd the counter
   * @return the count at this moment
   * @throws LinuxException EINVAL if it is no counter, EBADF if the number is not open
   */
  public static long count(Fd eventFd) throws LinuxException {
    return info(eventFd, "eventfd-count")
        .orElseThrow(() -> new LinuxException(Errno.EINVAL, "read fdinfo", eventFd.describe()));
  }

  /**
   * Tells whether taking takes one.
   *
   * @param eventFd the counter
   * @return true for a semaphore
   * @throws UnavailableException before Linux 6.5, which does not tell
   * @throws LinuxException EINVAL if it is no counter, EBADF if the number is not open
   */
  public static boolean isSemaphore(Fd eventFd) throws LinuxException {
    OptionalLong semaphore = info(eventFd, "eventfd-semaphore");
    if (semaphore.isEmpty()) {
      long _ = count(eventFd); // throws if it is no counter
      throw new UnavailableException(
          "the kernel does not tell semaphores from counters before Linux 6.5",
          Errno.EOPNOTSUPP,
          "read fdinfo",
          eventFd.describe());
    }
    return semaphore.getAsLong() != 0;
  }

  private static OptionalLong info(Fd eventFd, String field) throws LinuxException {
    try (Fd.Hold held = eventFd.hold()) {
      try {
        return ProcFs.infoNumber(held.number(), field, 16);
      } catch (IOException failure) {
        throw Fd.cannotInspect(held.number(), failure);
      }
    }
  }
}
