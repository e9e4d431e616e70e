// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.wiring;

import dev.luo.core.internal.handover.guardian.GuardianLink;
import dev.luo.core.internal.session.Incoming;
import dev.luo.linux.Fd;
import dev.luo.linux.LinuxException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/**
 * What was put off until the workload runs, since it needs the foreign linker, which takes tens of
 * milliseconds to come up: to stand the guardian down, and to keep what was inherited from programs
 * that this one starts.
 */
final class Settling implements Runnable {

  private static final Logger LOG = System.getLogger("dev.luo.core");

  private final Optional<Incoming> incoming;
  private final Optional<GuardianLink> guardian;
  private final Thread thread = Thread.ofPlatform().name("luo-settle").unstarted(this);

  Settling(Optional<Incoming> incoming, Optional<GuardianLink> guardian) {
    this.incoming = incoming;
    this.guardian = guardian;
  }

  private static void standDown(GuardianLink guardian) {
    try {
      guardian.standDown();
    } catch (LinuxException e) {
      LOG.log(Level.WARNING, "the guardian could not be stood down", e);
    }
  }

  void start() {
    thread.start();
    if (guardian.isPresent()) {
      // A guardian that hears nothing of this process and sees it end starts the old program.
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::await));
    }
  }

  /** Waits until it is done. An interrupt is kept for later. */
  void await() {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void run() {
    guardian.ifPresent(Settling::standDown);
    for (Fd held : incoming.map(Incoming::held).orElse(List.of())) {
      try {
        held.closeOnExec(true);
      } catch (LinuxException e) {
        LOG.log(Level.WARNING, "children of this process may inherit " + held.describe(), e);
      } catch (IllegalStateException finishedMeanwhile) {
        LOG.log(Level.DEBUG, "closed meanwhile: {0}", held);
      }
    }
  }
}
