// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import dev.luo.linux.internal.Architecture;

/** How {@link Open} opens a file, and what {@link StatusFlags} tell of one that is open. */
public enum OpenFlag {
  /** For reading only. This is the absence of the other two access modes. */
  READ_ONLY(0),
  /** For writing only. */
  WRITE_ONLY(1),
  /** For reading and writing. */
  READ_WRITE(2),
  /** Creates the file if there is none. */
  CREATE(0100),
  /** With {@link #CREATE}: fails if there is one. */
  EXCLUSIVE(0200),
  /** Does not make a terminal the controlling one. */
  NO_CONTROLLING_TERMINAL(0400),
  /** Empties the file. */
  TRUNCATE(01000),
  /** Writes at the end, always. */
  APPEND(02000),
  /** Answers EAGAIN where it would have to wait. */
  NON_BLOCKING(04000),
  /** Each write reaches the disk with what is needed to read it back. */
  DATA_SYNC(010000),
  /** Each write reaches the disk with all attributes. */
  SYNC(04010000),
  /** Past the page cache. */
  DIRECT(Architecture.CURRENT.pick(040000, 0200000)),
  /** Fails unless it is a directory. */
  DIRECTORY(Architecture.CURRENT.pick(0200000, 040000)),
  /** Fails if the last component is a symbolic link. */
  NO_FOLLOW(Architecture.CURRENT.pick(0400000, 0100000)),
  /** Does not update the time of last access. */
  NO_ACCESS_TIME(01000000),
  /** Refers to the place in the file system only; neither reads nor writes. */
  PATH(010000000),
  /** A nameless file in the directory that is given. */
  TEMPORARY(020000000 | Architecture.CURRENT.pick(0200000, 040000));

  static final int ACCESS_MASK = 3;
  static final int CLOSE_ON_EXEC = 02000000;

  /** The kernel sets it by itself on every file, and nobody asks for it. */
  static final int LARGE_FILE = Architecture.CURRENT.pick(0100000, 0400000);

  private final int bits;

  OpenFlag(int bits) {
    this.bits = bits;
  }

  /**
   * Tells the flag as the kernel writes it on this architecture.
   *
   * @return the bits
   */
  public int bits() {
    return bits;
  }
}
