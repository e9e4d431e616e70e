// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import dev.luo.core.ImageRefusedException;
import java.util.Objects;

/** How records name owners: by a kind and a number. */
final class Owners {

  private static final int FILE = 1;
  private static final int FLB = 2;
  private static final int IMAGE = 3;

  private final FileNumbers files;
  private final int flbs;

  /** Takes what can own something. */
  Owners(FileNumbers files, int flbs) {
    this.files = files;
    this.flbs = flbs;
  }

  static int kind(Owner owner) {
    if (owner instanceof Owner.OfFile) {
      return FILE;
    }
    return owner instanceof Owner.OfFlb ? FLB : IMAGE;
  }

  /**
   * Returns the number that stands for an owner.
   *
   * @throws IndexOutOfBoundsException if there is no such owner
   */
  int number(Owner owner) {
    if (owner instanceof Owner.OfFile file) {
      int first = files.first(file.session());
      int count = files.first(file.session() + 1) - first;
      return first + Objects.checkIndex(file.file(), count);
    }
    return owner instanceof Owner.OfFlb flb ? Objects.checkIndex(flb.flb(), flbs) : 0;
  }

  /**
   * Finds the owner that a record names.
   *
   * @param at where its number stands in the record
   */
  Owner find(int kind, int number, TableReader record, int at) throws ImageRefusedException {
    if (kind == FILE && number >= 0 && number < files.count()) {
      int session = files.sessionOf(number);
      return new Owner.OfFile(session, number - files.first(session));
    }
    if (kind == FLB && number >= 0 && number < flbs) {
      return new Owner.OfFlb(number);
    }
    if (kind == IMAGE && number == 0) {
      return new Owner.OfImage();
    }
    record.error(
        at,
        "owner",
        "an owner of kind " + kind + " with the number " + Integer.toUnsignedString(number));
    return new Owner.Unknown(kind, number);
  }
}
