// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import java.io.Serial;

/**
 * The kernel does not offer a facility here, or does not let this process use it.
 *
 * <p>That is a property of the place where the program runs, not of the arguments: the kernel is
 * too old, was built without it, or a limit of privilege, namespace or sandbox stands in the way.
 * Repeating the call does not help; doing without the facility may.
 */
public final class UnavailableException extends LinuxException {
  @Serial private static final long serialVersionUID = 1;

  /** What is missing. */
  private final String facility;

  /**
   * Creates the exception of a call that is not to be had here.
   *
   * @param facility what is missing and what it would take, such as {@code "pidfd_getfd needs
   *     ptrace rights"}
   * @param errno what the kernel answered
   * @param call the name of the call
   * @param arguments the arguments of the call
   */
  public UnavailableException(String facility, Errno errno, String call, String... arguments) {
    super(errno, facility, call, arguments);
    this.facility = facility;
  }

  /**
   * Tells what is missing.
   *
   * @return what is missing and what it would take
   */
  public String facility() {
    return facility;
  }
}
