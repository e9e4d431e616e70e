// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover.guardian;

import dev.luo.core.internal.handover.guardian.GuardianChannel.Arrival;
import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.LinuxException;
import dev.luo.linux.process.PidFd;
import dev.luo.linux.process.Signal;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * The way to a guardian that is armed, for the process that it watches: the successor has inherited
 * it, the predecessor uses it if the update fails. The guardian is a child of this process, over
 * {@code execve} too.
 *
 * <p>For one thread at a time.
 */
public final class GuardianLink implements AutoCloseable {
  private static final Logger LOG = System.getLogger("dev.luo.core");

  /** How long a guardian may take that has nothing else to do. It is killed after that. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Fd socket;
  private final long guardianPid;
  private final long nonce;

  /**
   * Takes the link over, without looking at it.
   *
   * @param socket the link, from now on owned by this
   * @param guardianPid the process at the other end
   * @param nonce that of the image which the guardian holds
   */
  public GuardianLink(Fd socket, long guardianPid, long nonce) {
    this.socket = socket;
    this.guardianPid = guardianPid;
    this.nonce = nonce;
  }

  /** Returns the process at the other end. */
  public long guardianPid() {
    return guardianPid;
  }

  /**
   * Tells the guardian that it is no longer needed, waits until it has ended, and reaps it. The
   * link is closed then.
   *
   * <p>If the guardian has already decided that this process has taken too long, this does not
   * return: the process is about to be killed.
   *
   * @throws LinuxException if the guardian can be neither reached nor killed. It goes on, and the
   *     link is still open: this may be called again
   */
  public void standDown() throws LinuxException {
    try (PidFd guardian = PidFd.open(guardianPid)) {
      if (!heeds()) {
        // A guardian that answers nothing is one that is stopped, and would wake up some day.
        guardian.send(Signal.KILL);
      }
      reap(guardian);
    } catch (LinuxException failure) {
      if (!failure.errno().equals(Errno.ESRCH)) {
        throw failure;
      }
      // It has ended and been reaped by somebody, so it will not act either.
      LOG.log(Level.WARNING, "the guardian " + guardianPid + " had gone before it was dismissed");
    }
    socket.close();
  }

  /** Asks it to stand down. Answers whether it will end by itself. */
  private boolean heeds() {
    GuardianChannel channel = new GuardianChannel(socket);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      channel.send(new GuardianMessage.StandDown(nonce));
      while (true) {
        switch (channel.receive(deadline)) {
          case Arrival.Gone _ -> {
            return true;
          }
          case Arrival.Late _ -> {
            return false;
          }
          case Arrival.Message message -> {
            if (message.message() instanceof GuardianMessage.StoodDown) {
              return true;
            }
          }
        }
      }
    } catch (IOException failure) {
      LOG.log(Level.WARNING, "the guardian " + guardianPid + " does not listen: " + failure);
      return false;
    }
  }

  static void reap(PidFd guardian) throws LinuxException {
    try {
      var _ = guardian.awaitStatus();
    } catch (LinuxException failure) {
      if (!failure.errno().equals(Errno.ECHILD)) {
        throw failure;
      }
      // Reaped already, by a handler of the embedder or because nobody wants to know (SIGCHLD
      // ignored): then only its end matters.
      boolean _ = guardian.awaitEnd(Long.MAX_VALUE);
    }
  }

  /** Closes the link without a word. The guardian goes on, and acts at its deadline. */
  @Override
  public void close() {
    socket.close();
  }
}
