// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import dev.luo.linux.internal.Kernel;
import dev.luo.linux.internal.Syscall;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A descriptor number with those who own it and those who use it at the moment.
 *
 * <p>It is closed by whoever leaves last, be it an owner or a user, so that the number cannot come
 * to mean another file under a call that is under way.
 */
final class OwnedNumber {
  /** Owners count in the upper half, users in the lower. */
  private static final long OWNER = 1L << 32;

  /** Set when the number is not ours to close. */
  private static final long FOREIGN = 1L << 62;

  private static final long OWNERS = FOREIGN - OWNER;

  private final int number;
  private final AtomicLong state;

  private OwnedNumber(int number, long state) {
    this.number = number;
    this.state = new AtomicLong(state);
  }

  /** A number that is closed when nobody owns or uses it any more. */
  static OwnedNumber ours(int number) {
    return new OwnedNumber(number, OWNER);
  }

  /** A number that is never closed here. */
  static OwnedNumber foreign(int number) {
    return new OwnedNumber(number, OWNER | FOREIGN);
  }

  int number() {
    return number;
  }

  /** Adds an owner; false if there is none any more. */
  boolean share() {
    return join(OWNER);
  }

  /** Adds a user; false if there is no owner any more. */
  boolean use() {
    return join(1);
  }

  private boolean join(long who) {
    while (true) {
      long now = state.get();
      if ((now & OWNERS) == 0) {
        return false;
      }
      if (state.compareAndSet(now, now + who)) {
        return true;
      }
    }
  }

  /** Takes a user away. */
  void unuse() {
    leave(1);
  }

  /** Takes an owner away. */
  void disown() {
    leave(OWNER);
  }

  private void leave(long who) {
    if (state.addAndGet(-who) == 0) {
      close();
    }
  }

  /** Takes the only owner away and leaves the number open for good; false if there are others. */
  boolean release() {
    while (true) {
      long now = state.get();
      if ((now & OWNERS) != OWNER) {
        return false;
      }
      if (state.compareAndSet(now, now - OWNER | FOREIGN)) {
        return true;
      }
    }
  }

  private void close() {
    long result = Kernel.call(Syscall.CLOSE, number);
    if (result < 0) {
      // EBADF means that somebody else closed a number that was ours: a defect that is worth
      // knowing about.
      Logger log = System.getLogger("dev.luo.linux");
      log.log(Level.WARNING, "close(fd=" + number + "): " + Errno.ofResult(result));
    }
  }
}
