// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Errno;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;
import java.util.Locale;

/**
 * A participant that could not take over what came for it, and has not joined; or that could not
 * prepare for an update, which is refused for it. The cause is what it threw; errno and advice are
 * those of the cause, if it has any.
 */
public final class ParticipantFailedException extends LuoException {

  private static final long serialVersionUID = 1L;

  /** What it was asked to do. May gain constants. */
  public enum Step {
    /** {@link Participant#retrieve}. */
    RETRIEVE,
    /** {@link Participant#preserve}. */
    PRESERVE,
    /** {@link Participant#pause}. */
    PAUSE
  }

  private final String participant;
  private final Step step;

  /** Creates the failure; the cause is what the participant threw. */
  public ParticipantFailedException(String participant, Step step, Exception cause) {
    super(
        "participant \"%s\" failed to %s: %s"
            .formatted(
                participant,
                step.name().toLowerCase(Locale.ROOT),
                cause instanceof LuoException ? cause.getMessage() : cause),
        cause instanceof LuoException e ? e.errno() : Errno.EBUSY,
        cause instanceof LuoException e ? e.recovery() : Recovery.RETRY_LATER,
        cause);
    this.participant = participant;
    this.step = step;
  }

  /** Returns its name. */
  public String participant() {
    return participant;
  }

  /** Returns what it was asked to do. */
  public Step step() {
    return step;
  }
}
