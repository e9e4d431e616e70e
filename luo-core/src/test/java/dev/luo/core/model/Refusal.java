// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.model;

/** How the model answers what it refuses: the exception that luo owes, and its errno. */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  final String errno;

  /** A failure that somebody has to decide about. */
  Refusal(String exception, String errno) {
    super(exception + "[" + errno + "]", null, false, false);
    this.errno = errno;
  }

  /** A mistake of the programmer. */
  static Refusal mistake() {
    return new Refusal("IllegalStateException", "-");
  }

  /** A failure of a handler's callback. */
  static Refusal ofHandler(String errno) {
    return new Refusal("HandlerFailedException", errno);
  }
}
