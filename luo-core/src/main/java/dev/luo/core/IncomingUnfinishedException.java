// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Errno;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;
import java.util.List;

/**
 * An update while something is handed to this process and not finished: it would be lost
 * (LUO-SES-39, LUO-SES-40).
 */
public final class IncomingUnfinishedException extends LuoException {

  private static final long serialVersionUID = 1L;

  /** How many are named in the message. */
  private static final int LISTED = 10;

  /** A copy of a kind that is serializable. */
  private final String[] sessions;

  /** Creates the refusal. */
  public IncomingUnfinishedException(List<String> sessions) {
    super(
        "these sessions were handed to this process and are not finished: "
            + listed(sessions)
            + "; finish, renew or discard them first",
        Errno.EBUSY,
        Recovery.FIX_ARGUMENTS);
    this.sessions = sessions.toArray(String[]::new);
  }

  private static String listed(List<String> sessions) {
    int more = sessions.size() - LISTED;
    return more > 0
        ? String.join(", ", sessions.subList(0, LISTED)) + " and " + more + " more"
        : String.join(", ", sessions);
  }

  /** Returns the names of all these sessions, also of those that the message only counts. */
  public List<String> sessions() {
    return List.of(sessions);
  }
}
