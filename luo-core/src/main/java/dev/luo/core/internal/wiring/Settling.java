// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.wiring;

import dev.luo.core.internal.handover.guardian.GuardianLink;
import dev.luo.core.internal.session.Incoming;
import dev.luo.linux.Fd;
import dev.luo.linux.LinuxException;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What was put off until the workload runs, since it needs the foreign linker, which takes tens of
 * milliseconds to come up: to stand the guardian down, and to keep what was inherited from programs
 * that this one starts. The same goes for the log, by which it is told at last that luo is open.
 *
 * <p>It is begun in the background. Whoever may go on only when the guardian has gone stands it
 * down himself: he waits if somebody is at it, and does it if nobody was, or if that failed.
 */
final class Settling {

  private static final Logger LOG = System.getLogger("dev.luo.core");

  private final Optional<Incoming> incoming;
  private final Optional<GuardianLink> guardian;
  private final Optional<Announcement> announcement;
  private final AtomicBoolean begun = new AtomicBoolean();
  private final ReentrantLock one = new ReentrantLock();

  /** Guarded by {@link #one}. */
  private boolean alone;

  Settling(
      Optional<Incoming> incoming,
      Optional<GuardianLink> guardian,
      Optional<Announcement> announcement) {
    this.incoming = incoming;
    this.guardian = guardian;
    this.announcement = announcement;
    this.alone = guardian.isEmpty();
  }

  /** Begins in the background, as the workload runs now. Beginning again has no effect. */
  void begin() {
    if (!begun.compareAndSet(false, true)) {
      return;
    }
    incoming.ifPresent(Incoming::resumed);
    if (guardian.isPresent() && !holdUpTheEnd()) {
      settle();
    } else if (guardian.isPresent() || incoming.isPresent()) {
      Thread.ofPlatform().name("luo-settle").daemon().start(this::settle);
    }
  }

  /**
   * Sees to it that the JVM does not end before the guardian has gone: a guardian that hears
   * nothing of this process and sees it end starts the old program. Answers whether that was still
   * possible.
   */
  private boolean holdUpTheEnd() {
    try {
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::standDownOrWarn));
      return true;
    } catch (IllegalStateException ending) {
      return false;
    }
  }

  private void settle() {
    standDownOrWarn();
    for (Fd held : incoming.map(Incoming::held).orElse(List.of())) {
      try {
        held.closeOnExec(true);
      } catch (LinuxException e) {
        LOG.log(Level.WARNING, "children of this process may inherit " + held.describe(), e);
      } catch (IllegalStateException finishedMeanwhile) {
        LOG.log(Level.DEBUG, "closed meanwhile: {0}", held);
      }
    }
    announcement.ifPresent(Announcement::resumed);
  }

  private void standDownOrWarn() {
    try {
      standDown();
    } catch (LuoException e) {
      LOG.log(Level.WARNING, "the guardian watches on, and will end this process", e);
    }
  }

  /**
   * Makes sure that the guardian has gone before something is given up that the old program would
   * miss.
   *
   * @throws IllegalStateException if nobody has said that the workload runs
   * @throws LuoException if the guardian cannot be stood down
   */
  void beforeFinish() throws LuoException {
    if (guardian.isPresent() && !begun.get()) {
      throw new IllegalStateException(
          "a guardian holds what was handed over, to start the old program with it; call resumed()"
              + " on the LiveUpdate before a session is finished");
    }
    standDown();
  }

  /** Makes sure that the guardian has gone, if the workload was said to run. */
  void beforeTheEnd() {
    if (begun.get()) {
      standDownOrWarn();
    }
  }

  /**
   * Stands the guardian down, unless it has gone.
   *
   * @throws LuoException if that is not possible now
   */
  void standDown() throws LuoException {
    one.lock();
    try {
      if (!alone) {
        guardian.orElseThrow().standDown();
        alone = true;
      }
    } catch (LinuxException e) {
      throw new LuoException(
          "the guardian of the last update could not be stood down: " + e.getMessage(),
          e.errno(),
          Recovery.RETRY_LATER,
          e);
    } finally {
      one.unlock();
    }
  }
}
