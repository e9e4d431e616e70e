// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

/**
 * The numbers of the files of an image, counted through all sessions in order: by them the
 * extensions, whose records have no room for more, refer to files.
 */
final class FileNumbers {

  /** Flags of files are read into arrays. */
  static final int MAX_FILES = Integer.MAX_VALUE - 8;

  private final int[] firsts;
  private int sessions;

  /** Makes room for so many sessions. */
  FileNumbers(int capacity) {
    firsts = new int[capacity + 1];
  }

  /**
   * Adds a session with so many files.
   *
   * @return whether there are numbers enough
   */
  boolean add(int files) {
    int first = firsts[sessions];
    if (files > MAX_FILES - first) {
      return false;
    }
    sessions++;
    firsts[sessions] = first + files;
    return true;
  }

  /** Returns how many files there are in the sessions added until now. */
  int count() {
    return firsts[sessions];
  }

  /** Returns the number of the first file of a session. */
  int first(int session) {
    return firsts[session];
  }

  /** Returns the session of a file. */
  int sessionOf(int number) {
    // The last session that begins at or before the number: those before it that begin there are
    // empty.
    int low = 0;
    int high = sessions;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (firsts[middle] <= number) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
