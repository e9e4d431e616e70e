// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.table;

/**
 * A count of blocks, and a sum that tells two sets of blocks apart without remembering them: if two
 * walks meet the same blocks in whatever order, their tallies are equal.
 */
final class Tally {
  private long count;
  private long fingerprint;

  void add(long block) {
    count++;
    fingerprint += Hash.mix(block, 0x9e37_79b9_7f4a_7c15L);
  }

  long count() {
    return count;
  }

  boolean matches(Tally other) {
    return count == other.count && fingerprint == other.fingerprint;
  }
}
