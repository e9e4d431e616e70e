// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.process;

/** How a process ended. */
public sealed interface ExitStatus {
  /**
   * It ended by itself.
   *
   * @param code what it answered, 0 to 255
   */
  record Exited(int code) implements ExitStatus {}

  /**
   * A signal ended it.
   *
   * @param signal which one
   * @param dumpedCore whether its memory was written to a file
   */
  record Killed(Signal signal, boolean dumpedCore) implements ExitStatus {}

  /**
   * Tells whether all went well.
   *
   * @return true if it ended by itself and answered 0
   */
  default boolean isSuccess() {
    return this instanceof Exited exited && exited.code() == 0;
  }
}
