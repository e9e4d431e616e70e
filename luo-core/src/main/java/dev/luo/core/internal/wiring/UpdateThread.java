// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.wiring;

import dev.luo.core.internal.session.PlatformThread;
import dev.luo.spi.LuoException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs updates, one at a time, each on a platform thread of luo's own: an update waits in the
 * kernel, which a virtual thread must not, and a caller's interrupt must not stop it half-way.
 */
final class UpdateThread {

  /** An update. Comes back by an exception only. */
  @FunctionalInterface
  interface Update {
    void run() throws LuoException;
  }

  private final ReentrantLock one = new ReentrantLock();

  void run(Update update) throws LuoException {
    one.lock();
    try {
      boolean _ =
          PlatformThread.call(
              "luo-update",
              () -> {
                update.run();
                return true;
              });
    } finally {
      one.unlock();
    }
  }
}
