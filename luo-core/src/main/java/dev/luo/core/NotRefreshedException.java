// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

/**
 * What the program renews after an update could not be renewed; the cause says why. Its workload
 * must not run: with stale seeds it would repeat what the predecessor drew.
 *
 * <p>Unchecked, as only a program that gave a {@link Freshness} can meet it, and without errno or
 * advice, as the failure is the program's own: its cause is what the program threw. {@link
 * LiveUpdate#resumed} can be called again once that is mended.
 */
public final class NotRefreshedException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  /** Creates the failure; the cause is what the program threw. */
  public NotRefreshedException(Exception cause) {
    super("what has to be fresh after an update is not: " + cause, cause);
  }
}
