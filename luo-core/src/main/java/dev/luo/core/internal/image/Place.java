// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

/** The part of the image that is being read. */
interface Place {

  /** Describes the part, such as {@code session block 3, entry 5}; called only when it is wrong. */
  String where();

  /** Returns where the page or the block lies that is being read. */
  long address();

  /** Names a part that needs no class of its own. */
  static Place of(String where, long address) {
    return new Place() {
      @Override
      public String where() {
        return where;
      }

      @Override
      public long address() {
        return address;
      }
    };
  }
}
