// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.fuzz;

import java.util.List;

/** A reader of bytes that nobody vouches for, and what has to hold whatever they are. */
public interface Target {

  /** Returns inputs to begin with, made by the writers as they are now. */
  List<byte[]> seeds() throws Exception;

  /**
   * Lets the bytes be read. The refusals that the reader declares are caught in here.
   *
   * @throws Exception if the reader fails in a way that it does not declare
   * @throws AssertionError if something does not hold that has to
   */
  void test(byte[] input) throws Exception;
}
