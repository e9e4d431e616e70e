// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import dev.luo.core.ImageRefusedException;
import java.util.Arrays;

/**
 * Finds out whether two files of a session have the same token (LUO-DES-12). Tokens mostly come in
 * ascending order, and then nothing has to be sorted.
 */
final class DistinctTokens {

  private long[] tokens = new long[64];
  private int size;
  private boolean ascending;

  /** Starts a session with so many files. */
  void begin(int count) {
    if (tokens.length < count) {
      tokens = new long[Math.max(count, 2 * tokens.length)];
    }
    size = 0;
    ascending = true;
  }

  void add(long token) {
    ascending &= size == 0 || tokens[size - 1] < token;
    tokens[size++] = token;
  }

  /** Checks the tokens of the session. */
  void end(Place place) throws ImageRefusedException {
    if (ascending) {
      return;
    }
    Arrays.sort(tokens, 0, size);
    for (int i = 1; i < size; i++) {
      if (tokens[i] == tokens[i - 1]) {
        throw place.refuse("two files with the token 0x" + Long.toHexString(tokens[i]));
      }
    }
  }
}
