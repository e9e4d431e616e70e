// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.table;

/** The ways to store a value. */
public enum Storage {
  /** Whatever was there before. */
  SET,
  /** Only if the key is not there yet. */
  ADD,
  /** Only if the key is there. */
  REPLACE,
  /** Behind the value that is there; flags and expiry stay as they are. */
  APPEND,
  /** Before the value that is there; flags and expiry stay as they are. */
  PREPEND
}
