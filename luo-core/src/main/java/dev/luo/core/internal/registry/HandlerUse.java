// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.registry;

/** How many files hold a handler (LUO-FIL-45), and whether it takes more. Thread-safe. */
final class HandlerUse {

  private long preserved;
  private long arrived;
  private volatile boolean over;
  private volatile boolean switchedOff;

  /** Counts an outgoing file, unless the handler has been unregistered meanwhile (LUO-FIL-08). */
  synchronized boolean hold() {
    if (over) {
      return false;
    }
    preserved++;
    return true;
  }

  synchronized void letGo() {
    if (preserved == 0) {
      throw new IllegalStateException("held by nobody");
    }
    preserved--;
  }

  /** As {@link #hold}, of a file that came. */
  synchronized boolean holdArrived() {
    if (over) {
      return false;
    }
    arrived++;
    return true;
  }

  synchronized void letGoArrived() {
    if (arrived == 0) {
      throw new IllegalStateException("held by nobody that came");
    }
    arrived--;
  }

  /**
   * Lets nobody hold it any more.
   *
   * @param evenInUse whether files that hold it do not matter
   * @return whether that was done; false if files hold it
   */
  synchronized boolean end(boolean evenInUse) {
    over |= evenInUse || (preserved == 0 && arrived == 0);
    return over;
  }

  boolean isOver() {
    return over;
  }

  /** Counts the outgoing files that hold it. */
  synchronized long preserved() {
    return preserved;
  }

  void switchOff(boolean off) {
    switchedOff = off;
  }

  boolean isSwitchedOff() {
    return switchedOff;
  }
}
