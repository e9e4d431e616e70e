// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

/**
 * Use of the live object of a shared state by somebody who is no handler, counted beside the files
 * that stand on the state: it is not given up before the reference is. Thread-safe.
 *
 * @param <T> the live object
 */
public interface FlbReference<T> extends AutoCloseable {

  /**
   * Returns the live object, the same for all.
   *
   * @throws IllegalStateException if the reference was given back
   */
  T live();

  /**
   * Gives the reference back. If it was the last, and no file stands on the state any more, the
   * state is given up in here: unpreserved or finished. What that throws is logged. Idempotent.
   *
   * <p>Waits while an update is under way, if the state is outgoing (LUO-SER-16); so it is not for
   * callbacks of handlers.
   */
  @Override
  void close();
}
