// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.registry;

/** How many files hold a handler (LUO-FIL-45), and whether it takes more. Thread-safe. */
final class HandlerUse {

  private long files;
  private volatile boolean over;
  private volatile boolean switchedOff;

  /** Counts a file, unless the handler has been unregistered meanwhile (LUO-FIL-08). */
  synchronized boolean hold() {
    if (over) {
      return false;
    }
    files++;
    return true;
  }

  synchronized void letGo() {
    if (files == 0) {
      throw new IllegalStateException("held by nobody");
    }
    files--;
  }

  /**
   * Lets nobody hold it any more.
   *
   * @param evenInUse whether files that hold it do not matter
   * @return whether that was done; false if files hold it
   */
  synchronized boolean end(boolean evenInUse) {
    over |= evenInUse || files == 0;
    return over;
  }

  boolean isOver() {
    return over;
  }

  synchronized long files() {
    return files;
  }

  void switchOff(boolean off) {
    switchedOff = off;
  }

  boolean isSwitchedOff() {
    return switchedOff;
  }
}
