// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Errno;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;
import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The successor, or the guardian of the update, turned out to be unfit.
 *
 * <p>Everything is as it was. Nearly always that is found out while the workload runs; what had
 * been paused and frozen by then runs again, and every process started for the test has ended.
 */
public final class SuccessorRefusedException extends LuoException {
  @Serial private static final long serialVersionUID = 1;

  private final Reason reason;
  private final String[] missing;
  private final String ending;
  private final String output;

  private SuccessorRefusedException(Builder builder) {
    super(builder.text(), builder.errno, builder.reason.recovery, builder.cause);
    this.reason = builder.reason;
    this.missing = builder.missing.toArray(new String[0]);
    this.ending = builder.ending;
    this.output = builder.output;
  }

  /** What was wrong. May gain constants. */
  public enum Reason {
    /** There is no such program. */
    NOT_FOUND(Phase.RESOLVE, Recovery.FIX_ARGUMENTS),
    /** The program is a directory, or may not be executed. */
    NOT_EXECUTABLE(Phase.RESOLVE, Recovery.FIX_ARGUMENTS),
    /** The system would not start the program; the errno tells why. */
    NOT_STARTED(Phase.START, Recovery.FIX_ARGUMENTS),
    /** The program ended before it opened luo. */
    ENDED(Phase.DESCRIBE, Recovery.ABORT_UPDATE),
    /** The program did not open luo before the deadline. */
    SILENT(Phase.DESCRIBE, Recovery.ABORT_UPDATE),
    /** What the program said about itself cannot be understood. */
    GARBLED(Phase.DESCRIBE, Recovery.ABORT_UPDATE),
    /** The program opened luo, and that failed. */
    NOT_OPENED(Phase.DESCRIBE, Recovery.ABORT_UPDATE),
    /**
     * The command runs the program as a child of its own, so it would not find what it inherits.
     */
    ANOTHER_PROCESS(Phase.COMPARE, Recovery.FIX_ARGUMENTS),
    /** The program lacks something that the files need; see {@link #missing}. */
    INCOMPATIBLE(Phase.COMPARE, Recovery.PROVIDE_MISSING),
    /**
     * The guardian that was asked for could not be started or armed, or the one of the last update
     * not be stood down.
     */
    NO_GUARDIAN(Phase.GUARD, Recovery.ABORT_UPDATE);

    private final Phase phase;
    private final Recovery recovery;

    Reason(Phase phase, Recovery recovery) {
      this.phase = phase;
      this.recovery = recovery;
    }

    /**
     * Tells how far the update had come.
     *
     * @return the phase in which this is found out
     */
    public Phase phase() {
      return phase;
    }
  }

  /** How far an update had come when it was refused, in order. May gain constants. */
  public enum Phase {
    /** Looking for the program. */
    RESOLVE,
    /** Starting it for a test. */
    START,
    /** Waiting until it describes itself. */
    DESCRIBE,
    /** Comparing what it offers with what the files need, before the freeze and in it. */
    COMPARE,
    /** Starting or arming the guardian, or standing the last one down. */
    GUARD
  }

  /**
   * Starts to put an exception together.
   *
   * @param reason what was wrong
   * @param errno the same in the system's terms
   * @param message what was wrong in words, for people
   * @return the parts so far
   */
  public static Builder because(Reason reason, Errno errno, String message) {
    return new Builder(reason, errno, message);
  }

  /**
   * Tells what was wrong.
   *
   * @return the reason
   */
  public Reason reason() {
    return reason;
  }

  /**
   * Lists what the successor lacks, such as {@code "handler for memfd-user-v2"}.
   *
   * @return what to supply; empty unless the reason is {@link Reason#INCOMPATIBLE}
   */
  public List<String> missing() {
    return List.of(missing);
  }

  /**
   * Tells how the process that was started for the test came to its end.
   *
   * @return such as {@code "exited with status 1"}; empty if none was started
   */
  public String ending() {
    return ending;
  }

  /**
   * Returns the last of what that process wrote to its standard output and standard error, in the
   * order in which it came.
   *
   * @return some kilobytes at most; empty if it wrote nothing
   */
  public String output() {
    return output;
  }

  /** The parts of an exception. */
  public static final class Builder {
    private final Reason reason;
    private final Errno errno;
    private final String message;
    private List<String> missing = List.of();
    private String ending = "";
    private String output = "";
    private @Nullable Throwable cause;

    private Builder(Reason reason, Errno errno, String message) {
      this.reason = reason;
      this.errno = errno;
      this.message = message;
    }

    /**
     * Adds what is to be supplied.
     *
     * @param things for people, one each
     * @return this
     */
    public Builder missing(List<String> things) {
      this.missing = List.copyOf(things);
      return this;
    }

    /**
     * Adds what became of the process that was started.
     *
     * @param how such as {@code "exited with status 1"}
     * @param lastOutput the end of what it wrote
     * @return this
     */
    public Builder process(String how, String lastOutput) {
      this.ending = how;
      this.output = lastOutput;
      return this;
    }

    /**
     * Adds what led to it.
     *
     * @param failure the exception behind it
     * @return this
     */
    public Builder cause(Throwable failure) {
      this.cause = failure;
      return this;
    }

    /**
     * Puts the parts together.
     *
     * @return the exception
     */
    public SuccessorRefusedException build() {
      return new SuccessorRefusedException(this);
    }

    private String text() {
      StringBuilder text = new StringBuilder(message);
      if (!missing.isEmpty()) {
        text.append(": ").append(String.join(", ", missing));
      }
      if (!ending.isEmpty()) {
        text.append(" (it ").append(ending).append(')');
      }
      text.append(" [").append(errno.name()).append(']');
      if (!output.isEmpty()) {
        text.append("; the last it wrote:\n").append(output.stripTrailing());
      }
      return text.toString();
    }
  }
}
