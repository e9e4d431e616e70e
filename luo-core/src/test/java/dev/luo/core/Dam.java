// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import java.util.concurrent.CountDownLatch;

/** Where a handler stays, whoever interrupts it, until a test lets it go. */
final class Dam {

  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch open = new CountDownLatch(1);

  void hold() {
    reached.countDown();
    boolean interrupted = false;
    while (true) {
      try {
        open.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until somebody is held. */
  void awaitReached() throws InterruptedException {
    reached.await();
  }

  void open() {
    open.countDown();
  }
}
