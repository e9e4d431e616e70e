// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

/**
 * An opaque unsigned 64-bit number that crosses for a file. luo stores and forwards it and never
 * interprets it; by convention it is an allocation of {@link HandoverMemory}.
 */
public record Handle(long value) {

  /** No handle: never an allocation. */
  public static final Handle NONE = new Handle(0);

  /** Returns the handle of that value. */
  public static Handle of(long value) {
    return value == 0 ? NONE : new Handle(value);
  }

  /** Returns the value in hexadecimal, such as {@code 0x4000}. */
  @Override
  public String toString() {
    return "0x" + Long.toHexString(value);
  }
}
