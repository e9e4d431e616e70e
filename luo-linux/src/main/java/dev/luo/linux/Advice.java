// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

/** What to tell the kernel about the use of mapped memory. */
public enum Advice {
  /** Nothing special. */
  NORMAL(0),
  /** It is touched here and there. */
  RANDOM(1),
  /** It is touched from beginning to end. */
  SEQUENTIAL(2),
  /** It is needed soon. */
  WILLNEED(3),
  /** It is not needed soon; private memory is given up. */
  DONTNEED(4),
  /** The pages are taken out of the file, too, which then has a hole. */
  REMOVE(9),
  /** Not to be inherited by fork. */
  DONTFORK(10),
  /** To be inherited by fork. */
  DOFORK(11),
  /** In huge pages, if the system lets one ask. */
  HUGEPAGE(14),
  /** Never in huge pages. */
  NOHUGEPAGE(15),
  /** Not to be in a core dump. */
  DONTDUMP(16),
  /** To be in a core dump. */
  DODUMP(17),
  /** May be given up early. */
  COLD(20),
  /** To be given up now. */
  PAGEOUT(21),
  /** All pages are brought in for reading. Since Linux 5.14. */
  POPULATE_READ(22),
  /** All pages are brought in for writing. Since Linux 5.14. */
  POPULATE_WRITE(23),
  /** Put together into huge pages now. Since Linux 6.1. */
  COLLAPSE(25);

  private final int number;

  Advice(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
