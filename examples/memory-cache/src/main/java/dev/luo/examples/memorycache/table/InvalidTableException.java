// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.table;

/**
 * Thrown when memory does not hold a sound {@link ItemTable}. The memory was not changed; {@link
 * #reason} says whether it is somebody else's, another version's, or damaged.
 */
public final class InvalidTableException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is wrong with the memory. */
  public enum Reason {
    /** It does not start with the magic number: it was never a table. */
    FOREIGN,
    /** It is a table of another layout. */
    VERSION,
    /** It is larger or smaller than the table that it says it holds. */
    SIZE,
    /** Its header is damaged. */
    HEADER,
    /** Its owner died in the middle of a change. */
    TORN,
    /** Its header is sound, but what follows does not fit together. */
    CORRUPT
  }

  private final Reason reason;

  InvalidTableException(Reason reason, String detail) {
    super(reason + ": " + detail);
    this.reason = reason;
  }

  /** Returns what is wrong. */
  public Reason reason() {
    return reason;
  }
}
