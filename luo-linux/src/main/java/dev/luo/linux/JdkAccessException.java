// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import java.io.IOException;
import java.io.Serial;

/**
 * The JDK does not let this module at what a conversion between descriptors and channels needs.
 *
 * <p>The message names the option to start the JVM with.
 */
public final class JdkAccessException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  /** The missing option. */
  private final String option;

  /**
   * Creates the exception for a missing option.
   *
   * @param option the option, such as {@code "--add-opens=java.base/sun.nio.ch=dev.luo.linux"}
   */
  public JdkAccessException(String option) {
    super("start the JVM with " + option);
    this.option = option;
  }

  /**
   * Creates the exception for a JDK whose inside looks different from what is known.
   *
   * @param cause what was not found
   */
  public JdkAccessException(ReflectiveOperationException cause) {
    super("this JDK (" + Runtime.version() + ") has changed inside: " + cause.getMessage(), cause);
    this.option = "";
  }

  /**
   * Names the option to start the JVM with.
   *
   * @return the option, or empty if no option would help
   */
  public String option() {
    return option;
  }
}
