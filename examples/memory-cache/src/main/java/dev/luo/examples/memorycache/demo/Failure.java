// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.demo;

/** How the programs of this package tell that they failed. */
final class Failure {
  /** The status of a program that was ended by SIGINT, as JVMs and shells have it. */
  static final int INTERRUPTED = 128 + 2;

  private static final int FAILED = 1;

  private Failure() {}

  /**
   * Says what went wrong, unless the program is ending anyway: then it is what ends with it.
   *
   * @return the status to exit with
   */
  static int report(Exception failure) {
    if (failure instanceof InterruptedCacheException || Leftovers.isProgramEnding()) {
      return INTERRUPTED;
    }
    System.err.println(failure);
    return FAILED;
  }
}
