// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.callback;

import java.util.concurrent.TimeoutException;

/** A call that was given up, and its thread with it. */
public final class StuckCallException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient CallUnderWay call;
  private final TimeoutException where;

  StuckCallException(CallUnderWay call) {
    this.call = call;
    this.where = call.whereItIs();
  }

  /** Returns the call. */
  public CallUnderWay call() {
    return call;
  }

  /** Returns an exception with the stack trace of its thread. */
  public TimeoutException where() {
    return where;
  }
}
