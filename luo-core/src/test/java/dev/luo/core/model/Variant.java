// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.model;

/**
 * The two variants of the specification, and all that they differ in: the column <em>luo</em> of
 * its tables says <em>safe</em> where luo does better, and strict does as the kernel then.
 */
enum Variant {
  SAFE,
  STRICT;

  /** LUO-FIL-26, LUO-FIL-31: single files are released, failed retrieves tried again. */
  boolean hasMoreRequests() {
    return this == SAFE;
  }

  /** LUO-FIL-39, LUO-SES-35: finish and close give up only what was retrieved. */
  boolean losesNothing() {
    return this == SAFE;
  }

  /** Finish compares what was retrieved with its record first; the kernel has no such callback. */
  boolean verifies() {
    return this == SAFE;
  }

  /** LUO-SES-37: whoever closes is told that the session could not be finished. */
  boolean closeTells() {
    return this == SAFE;
  }

  /** LUO-SES-28: and it can be claimed again; in the kernel it is an orphan. */
  boolean closeUnclaims() {
    return this == SAFE;
  }

  /** LUO-SES-39, LUO-SES-40: no update goes on while something that came is not finished. */
  boolean updateWaitsForFinish() {
    return this == SAFE;
  }

  /** LUO-REG-14: a handler may accept more than it writes. */
  boolean acceptsMore() {
    return this == SAFE;
  }

  /** LUO-REG-10: no handler is unregistered while files need it. */
  boolean unregisterLooksForFiles() {
    return this == SAFE;
  }

  /** LUO-DES-08, LUO-DES-13: a record without a handler keeps nothing else from being used. */
  boolean opensWithoutHandler() {
    return this == SAFE;
  }

  /** LUO-FLB-31: the counts of shared states hold from the beginning, not from the first use. */
  boolean countsFromTheBeginning() {
    return this == SAFE;
  }
}
