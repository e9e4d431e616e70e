// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.inspect;

import java.util.Locale;

/**
 * Something that is wrong with an image, or odd.
 *
 * @param severity what it means for a successor
 * @param offset where it stands, in bytes from the beginning of the memory
 * @param structure the part of the image that it is in, such as {@code session block 0, entry 3}
 * @param field what of that part it is, such as {@code count}
 * @param what stands there, and what should
 */
public record Finding(Severity severity, long offset, String structure, String field, String what) {

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%-7s at 0x%x: %s, %s: %s", severity, offset, structure, field, what);
  }
}
