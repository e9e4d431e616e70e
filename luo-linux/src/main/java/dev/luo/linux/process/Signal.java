// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.process;

import java.util.List;

/**
 * A signal.
 *
 * @param number its number, 1 to 64
 */
public record Signal(int number) {
  /** How many there are. */
  static final int COUNT = 64;

  private static final List<String> NAMES =
      List.of(
          "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2",
          "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG",
          "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS");

  /** The terminal is gone; by custom also: read the configuration again. */
  public static final Signal HUP = new Signal(1);

  /** Interrupted from the terminal. */
  public static final Signal INT = new Signal(2);

  /** Quit from the terminal; a JVM prints its threads. */
  public static final Signal QUIT = new Signal(3);

  /** Aborted. */
  public static final Signal ABRT = new Signal(6);

  /** Killed; cannot be caught, blocked or ignored. */
  public static final Signal KILL = new Signal(9);

  /** For the program to use. */
  public static final Signal USR1 = new Signal(10);

  /** Memory was touched that is not there. */
  public static final Signal SEGV = new Signal(11);

  /** For the program to use. */
  public static final Signal USR2 = new Signal(12);

  /** Nobody reads what was written. */
  public static final Signal PIPE = new Signal(13);

  /** Asked to end. */
  public static final Signal TERM = new Signal(15);

  /** A child ended or stopped. */
  public static final Signal CHLD = new Signal(17);

  /** Continues after a stop. */
  public static final Signal CONT = new Signal(18);

  /** Stopped; cannot be caught, blocked or ignored. */
  public static final Signal STOP = new Signal(19);

  /**
   * Makes the signal of a number.
   *
   * @throws IllegalArgumentException if there is none of that number
   */
  public Signal {
    if (number < 1 || number > COUNT) {
      throw new IllegalArgumentException("no signal has the number " + number);
    }
  }

  /**
   * Names the signal.
   *
   * @return such as {@code "SIGTERM"}, or {@code "SIG34"} for a real-time signal
   */
  public String name() {
    return "SIG" + (number <= NAMES.size() ? NAMES.get(number - 1) : Integer.toString(number));
  }

  /**
   * Shows the name.
   *
   * @return the name
   */
  @Override
  public String toString() {
    return name();
  }
}
