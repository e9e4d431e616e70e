// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

/**
 * The flags of an open file description: how it was opened, and what can be changed later.
 *
 * <p>They belong to the description, so duplicates of a descriptor share them, even across
 * processes.
 *
 * @param bits as the kernel writes them on this architecture
 */
public record StatusFlags(int bits) {
  /**
   * Tells whether it can be read from.
   *
   * @return true if it was opened for reading
   */
  public boolean isReadable() {
    return !isSet(OpenFlag.PATH) && (bits & OpenFlag.ACCESS_MASK) != OpenFlag.WRITE_ONLY.bits();
  }

  /**
   * Tells whether it can be written to.
   *
   * @return true if it was opened for writing
   */
  public boolean isWritable() {
    return !isSet(OpenFlag.PATH) && (bits & OpenFlag.ACCESS_MASK) != OpenFlag.READ_ONLY.bits();
  }

  /**
   * Tells whether a flag is set.
   *
   * @param flag the flag; an access mode is compared as a whole
   * @return true if it is set
   */
  public boolean isSet(OpenFlag flag) {
    return switch (flag) {
      case READ_ONLY, WRITE_ONLY, READ_WRITE -> (bits & OpenFlag.ACCESS_MASK) == flag.bits();
      default -> (bits & flag.bits()) == flag.bits();
    };
  }

  /**
   * Adds a flag.
   *
   * @param flag the flag
   * @return the flags with it
   */
  public StatusFlags with(OpenFlag flag) {
    return new StatusFlags(bits | flag.bits());
  }

  /**
   * Takes a flag away.
   *
   * @param flag the flag
   * @return the flags without it
   */
  public StatusFlags without(OpenFlag flag) {
    return new StatusFlags(bits & ~flag.bits());
  }

  /**
   * Shows the flags by name, and those without one as a number.
   *
   * @return such as {@code "READ_WRITE|NON_BLOCKING"}
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    int rest = bits & ~OpenFlag.LARGE_FILE & ~OpenFlag.ACCESS_MASK;
    for (OpenFlag flag : OpenFlag.values()) {
      boolean accessMode = flag.bits() <= OpenFlag.READ_WRITE.bits();
      boolean shown = accessMode ? isSet(flag) : (rest & flag.bits()) == flag.bits();
      if (shown && !isPartOfLonger(flag)) {
        text.append(text.isEmpty() ? "" : "|").append(flag);
        rest &= ~flag.bits();
      }
    }
    if (rest != 0) {
      text.append("|0").append(Integer.toOctalString(rest));
    }
    return text.toString();
  }

  /** SYNC contains the bit of DATA_SYNC, TEMPORARY that of DIRECTORY. */
  private boolean isPartOfLonger(OpenFlag flag) {
    return switch (flag) {
      case DATA_SYNC -> isSet(OpenFlag.SYNC);
      case DIRECTORY -> isSet(OpenFlag.TEMPORARY);
      default -> false;
    };
  }
}
