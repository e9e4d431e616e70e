// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.table;

/** What became of an attempt to store a value. */
public enum Outcome {
  /** It is in the table. */
  STORED,
  /** The condition of {@link Storage} was not met. */
  NOT_STORED,
  /** The item was changed since its CAS number was read. */
  EXISTS,
  /** There is no item to compare with. */
  NOT_FOUND,
  /** The value is larger than the table's item limit. */
  TOO_LARGE,
  /** The table is smaller than the value, whatever were evicted. */
  OUT_OF_MEMORY
}
