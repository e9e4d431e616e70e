// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.callback;

/**
 * Ends the thread of a call that came back after it was {@linkplain Callbacks#giveUp given up}.
 * Somebody else looks after everything that thread was about to do.
 */
public final class GivenUpException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  GivenUpException(CallUnderWay call) {
    super("came back after it was given up: " + call, null, false, false);
  }
}
