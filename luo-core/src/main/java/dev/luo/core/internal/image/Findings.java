// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import dev.luo.core.ImageRefusedException;

/**
 * Where the decoder says what is wrong. It makes the difference between reading and inspecting: a
 * reader is thrown out by the first error, and an inspection takes it down and goes on with what is
 * left. So both look at the same things, and no check is written twice.
 *
 * <p>Whoever reports an error has to have something to go on with, which needs to be safe and not
 * to be right.
 */
interface Findings {

  /**
   * Something for which an image is refused as a whole.
   *
   * @param where the part that is wrong
   * @param offset where that stands in the memory
   * @param field the name of what is wrong there
   * @param what stands there, and what should
   * @throws ImageRefusedException to stop here
   */
  void error(String where, long offset, String field, String what) throws ImageRefusedException;

  /** Something that is odd, and is accepted. */
  void warning(String where, long offset, String field, String what);

  /**
   * Reports an error.
   *
   * @param at where it stands in the page or block of the place
   */
  default void error(Place place, int at, String field, String what) throws ImageRefusedException {
    error(place.where(), place.address() + at, field, what);
  }
}
