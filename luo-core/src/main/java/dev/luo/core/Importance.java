// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

/**
 * What becomes of an update, or of a session that has arrived, when one of its files cannot cross.
 * Said when the file is preserved; it crosses with the file.
 */
public enum Importance {

  /**
   * The update waits for the file: if it cannot be frozen, the update is refused; if it cannot be
   * retrieved, its session is not finished. What is meant if nothing is said.
   */
  MANDATORY,

  /**
   * The update goes on without the file: if it cannot be frozen, it stays behind and is reported;
   * if it cannot be retrieved, that does not keep its session from being finished.
   *
   * <p>For a file that stays behind in an update that succeeds, nothing is called any more. The
   * replacement of the process closes its descriptors, its memory goes with the predecessor, and
   * what its handler had changed outside the process stays changed (LUO-HDL-88).
   */
  OPTIONAL
}
