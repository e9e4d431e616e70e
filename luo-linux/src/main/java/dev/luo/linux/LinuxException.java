// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import java.io.IOException;
import java.io.Serial;
import java.util.List;

/**
 * A system call failed.
 *
 * <p>The message names the call, its arguments and the error, as in {@code "ftruncate(fd=7,
 * size=4096): EPERM (Operation not permitted)"}. Subclasses stand for failures that a caller may
 * want to tell apart.
 */
public class LinuxException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  /** The number alone, because {@link Errno} need not be serializable. */
  private final int errno;

  /** The name of the call. */
  private final String call;

  /** What it was called with. */
  private final String[] arguments;

  /**
   * Creates the exception of a failed call.
   *
   * @param errno what went wrong
   * @param call the name of the call, such as {@code "ftruncate"}
   * @param arguments the arguments that help to understand the failure, such as {@code "fd=7"}
   */
  public LinuxException(Errno errno, String call, String... arguments) {
    this(errno, "", call, arguments);
  }

  /**
   * Creates the exception of a failed call with an explanation.
   *
   * @param explanation what follows the error in the message; may be empty
   */
  LinuxException(Errno errno, String explanation, String call, String[] arguments) {
    super(
        call
            + "("
            + String.join(", ", arguments)
            + "): "
            + errno
            + (explanation.isEmpty() ? "" : ": " + explanation));
    this.errno = errno.number();
    this.call = call;
    this.arguments = arguments.clone();
  }

  /**
   * Tells what went wrong.
   *
   * @return the error number
   */
  public final Errno errno() {
    return new Errno(errno);
  }

  /**
   * Names the call that failed.
   *
   * @return the name in the manual, such as {@code "ftruncate"}
   */
  public final String call() {
    return call;
  }

  /**
   * Lists the arguments of the call.
   *
   * @return such as {@code "fd=7"}, unmodifiable
   */
  public final List<String> arguments() {
    return List.of(arguments);
  }
}
