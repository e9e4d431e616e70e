// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import java.util.EnumSet;
import java.util.Set;

/**
 * A set of seals, as the kernel writes it.
 *
 * <p>Bits that have no name here are kept, so that a set read from a newer kernel is neither
 * misread nor changed by being passed on.
 *
 * @param bits one bit for each seal
 */
public record SealSet(int bits) {
  /** No seals. */
  public static final SealSet NONE = new SealSet(0);

  /**
   * Makes a set.
   *
   * @param seals what is in it
   * @return the set
   */
  public static SealSet of(Seal... seals) {
    SealSet set = NONE;
    for (Seal seal : seals) {
      set = set.with(seal);
    }
    return set;
  }

  /**
   * Adds a seal.
   *
   * @param seal the seal
   * @return the set with it
   */
  public SealSet with(Seal seal) {
    return new SealSet(bits | seal.bit());
  }

  /**
   * Takes a seal out.
   *
   * @param seal the seal
   * @return the set without it
   */
  public SealSet without(Seal seal) {
    return new SealSet(bits & ~seal.bit());
  }

  /**
   * Tells whether a seal is in the set.
   *
   * @param seal the seal
   * @return true if it is
   */
  public boolean contains(Seal seal) {
    return (bits & seal.bit()) != 0;
  }

  /**
   * Tells whether all of another set is in this one.
   *
   * @param other the other set
   * @return true if it is, unknown bits included
   */
  public boolean containsAll(SealSet other) {
    return (bits & other.bits) == other.bits;
  }

  /**
   * Lists the seals that have a name here.
   *
   * @return a new set
   */
  public Set<Seal> known() {
    EnumSet<Seal> seals = EnumSet.noneOf(Seal.class);
    for (Seal seal : Seal.values()) {
      if (contains(seal)) {
        seals.add(seal);
      }
    }
    return seals;
  }

  /**
   * Tells what has no name here.
   *
   * @return the bits, 0 if there are none
   */
  public int unknownBits() {
    int unknown = bits;
    for (Seal seal : Seal.values()) {
      unknown &= ~seal.bit();
    }
    return unknown;
  }

  /**
   * Shows the seals by name, and unknown bits as a number.
   *
   * @return such as {@code "SHRINK|GROW"}, or {@code "none"}
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Seal seal : known()) {
      text.append(text.isEmpty() ? "" : "|").append(seal);
    }
    if (unknownBits() != 0) {
      text.append(text.isEmpty() ? "" : "|")
          .append("0x")
          .append(Integer.toHexString(unknownBits()));
    }
    return text.isEmpty() ? "none" : text.toString();
  }
}
