// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.conduct;

import dev.luo.core.Options;
import dev.luo.linux.Errno;

/**
 * Whether luo does better than the kernel where the kernel loses data, loses an error, or stops
 * what could go on. Every question is one such place: {@link #SAFE} answers it with yes, {@link
 * #STRICT} with no, and then luo does literally what the kernel (7.2) does: callback by callback,
 * errno by errno. A rule that is not named here is obeyed the same way in both.
 *
 * <p>Not among the questions, since strict does the same: what only a kernel can do (to panic),
 * what nobody could read (empty blocks, strings cut short), and {@link
 * dev.luo.spi.FileHandler#resume}, the one callback that the kernel has not.
 */
public enum Conduct {
  /** Nothing is lost unless somebody says so. */
  SAFE,
  /** As the kernel. */
  STRICT;

  /** Returns what the embedder asked for. */
  public static Conduct of(Options options) {
    return options.isStrict() ? STRICT : SAFE;
  }

  /**
   * LUO-FIL-26, LUO-FIL-31, LUO-SER-18: offers requests that the kernel has not: to unpreserve one
   * file, to retry a retrieve, to verify, to renew a session. Kernel: an unknown request, EINVAL.
   */
  public boolean offersMore() {
    return this == SAFE;
  }

  /** LUO-FIL-39: finish refuses to lose a file that nobody retrieved. Kernel: it is discarded. */
  public boolean finishLosesNothing() {
    return this == SAFE;
  }

  /** Finish has every file verified before. Kernel: there is no such callback. */
  public boolean finishVerifies() {
    return this == SAFE;
  }

  /**
   * LUO-SES-35: close gives a session back of which some file was not retrieved. Kernel: it
   * finishes the session, and discards that file.
   */
  public boolean closeLosesNothing() {
    return this == SAFE;
  }

  /** LUO-SES-37: close reports that the session could not be finished. Kernel: it succeeds. */
  public boolean closeReportsRefusal() {
    return this == SAFE;
  }

  /**
   * LUO-SES-28: a session that could not be finished by close can be claimed again. Kernel: it is
   * an orphan, claimed by nobody for ever.
   */
  public boolean refusedCloseUnclaims() {
    return this == SAFE;
  }

  /**
   * LUO-SES-39, LUO-SES-40, LUO-SER-18: an update is refused while sessions that came are not
   * finished. Kernel: they are left out, and lost.
   */
  public boolean updateLosesNothing() {
    return this == SAFE;
  }

  /** LUO-REG-10: a handler with living files cannot be unregistered. Kernel: nothing checks it. */
  public boolean unregisterLooksForFiles() {
    return this == SAFE;
  }

  /**
   * LUO-REG-14: a handler is found for every string that it accepts. Kernel: for the one string
   * that it writes.
   */
  public boolean matchesWhatIsAccepted() {
    return this == SAFE;
  }

  /**
   * LUO-DES-08, LUO-DES-13, LUO-DES-19, LUO-REG-13: a missing handler concerns its own files, and
   * can be supplied later. Kernel: the opening fails as a whole.
   */
  public boolean opensWithoutHandler() {
    return this == SAFE;
  }

  /** LUO-DES-12: equal tokens in one session refuse the image. Kernel: the first one wins. */
  public boolean refusesEqualTokens() {
    return this == SAFE;
  }

  /**
   * LUO-DEV-07, LUO-DES-07, LUO-DES-09, LUO-DES-14: a refused image is refused as what it is, and
   * looked at again by the next opening. Kernel: every opening fails for ever.
   */
  public boolean looksAgain() {
    return this == SAFE;
  }

  /** LUO-DEV-07: what an opening fails with if the image is refused. */
  public Errno refusedImage() {
    return this == SAFE ? Errno.EINVAL : Errno.EIO;
  }

  /**
   * LUO-FLB-31, LUO-FLB-34: the counts of FLBs that came hold from the beginning, so that each is
   * finished with its last file. Kernel: a count is loaded when the FLB is retrieved, and falls
   * below zero, with a warning and without finish, if it never is.
   */
  public boolean loadsFlbCounts() {
    return this == SAFE;
  }
}
