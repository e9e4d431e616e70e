// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image.fdt;

/** Bytes that are no flattened device tree. */
public final class MalformedTreeException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int offset;
  private final String what;

  /** Creates the refusal. */
  public MalformedTreeException(int offset, String message) {
    super(message);
    this.offset = offset;
    this.what = message;
  }

  /** Returns what stands there, and what should. */
  public String what() {
    return what;
  }

  /** Returns where they stop to be one, in bytes from their beginning. */
  public int offset() {
    return offset;
  }
}
