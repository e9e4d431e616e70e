// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

/** How {@link EventFd} creates a counter. */
public enum EventFdFlag {
  /** Taking takes one, rather than all. */
  SEMAPHORE(1),
  /** Taking from an empty counter answers at once. */
  NON_BLOCKING(04000);

  private final int bits;

  EventFdFlag(int bits) {
    this.bits = bits;
  }

  int bits() {
    return bits;
  }
}
