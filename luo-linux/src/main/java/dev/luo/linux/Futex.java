// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import dev.luo.linux.internal.Kernel;
import dev.luo.linux.internal.Syscall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Sleeps until a word of shared memory changes.
 *
 * <p>Both sides change the word by atomic operations of their own; the kernel only puts to sleep
 * and wakes. A word is 32 bits, aligned to 4 bytes, in native memory that may be shared between
 * processes.
 */
public final class Futex {
  private static final int FUTEX_WAKE = 1;
  private static final int FUTEX_WAIT_BITSET = 9;

  /** Any waker wakes. */
  private static final long EVERY_BIT = 0xffff_ffffL;

  private Futex() {}

  /** Why a wait ended. */
  public enum Outcome {
    /** Somebody woke it, or the kernel did without a reason: look at the word again. */
    WOKEN,
    /** The word had another value already. */
    CHANGED,
    /** The deadline has passed. */
    TIMED_OUT
  }

  /**
   * Sleeps as long as the word has a value, nobody wakes, and the deadline has not passed.
   *
   * @param word the word
   * @param expected the value as the caller saw it last
   * @param deadlineNanos until when, on {@link Clock#MONOTONIC}, or {@link Clock#NEVER}
   * @return why it ended
   * @throws LinuxException EINVAL if the word is not aligned, EACCES or EFAULT if it cannot be read
   */
  public static Outcome await(MemorySegment word, int expected, long deadlineNanos)
      throws LinuxException {
    MemorySegment four = word.asSlice(0, Integer.BYTES);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment deadline =
          deadlineNanos == Clock.NEVER
              ? MemorySegment.NULL
              : TimeSpec.of(arena, Math.max(0, deadlineNanos));
      long result;
      do {
        result =
            Kernel.call(
                Syscall.FUTEX,
                four,
                Kernel.number(FUTEX_WAIT_BITSET),
                Kernel.number(Integer.toUnsignedLong(expected)),
                deadline,
                MemorySegment.NULL,
                Kernel.number(EVERY_BIT));
      } while (Kernel.interrupted(result));
      return result >= 0 ? Outcome.WOKEN : outcome(Errno.ofResult(result), expected);
    }
  }

  private static Outcome outcome(Errno errno, int expected) throws LinuxException {
    if (errno.equals(Errno.EAGAIN)) {
      return Outcome.CHANGED;
    }
    if (errno.equals(Errno.ETIMEDOUT)) {
      return Outcome.TIMED_OUT;
    }
    throw new LinuxException(errno, "futex", "op=FUTEX_WAIT_BITSET", "expected=" + expected);
  }

  /**
   * Wakes those who sleep on a word, after it has been changed.
   *
   * @param word the word
   * @param count how many to wake at most
   * @return how many were woken
   * @throws LinuxException EINVAL if the word is not aligned, EFAULT if it cannot be read
   */
  public static int wake(MemorySegment word, int count) throws LinuxException {
    long result =
        Kernel.call(
            Syscall.FUTEX,
            word.asSlice(0, Integer.BYTES),
            Kernel.number(FUTEX_WAKE),
            Kernel.number(count),
            MemorySegment.NULL,
            MemorySegment.NULL,
            MemorySegment.NULL);
    if (result < 0) {
      throw new LinuxException(Errno.ofResult(result), "futex", "op=FUTEX_WAKE", "count=" + count);
    }
    return (int) result;
  }
}
