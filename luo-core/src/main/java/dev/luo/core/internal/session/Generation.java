// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.session;

/**
 * How many updates led to this process, so that the image it writes carries one more (LUO-SER-22).
 *
 * @param number 0 after a cold start
 */
public record Generation(long number) {

  /** Returns the number that the image of this process as a predecessor carries. */
  public long next() {
    return number + 1;
  }
}
