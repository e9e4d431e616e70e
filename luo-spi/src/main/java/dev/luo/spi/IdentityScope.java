// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

/** What makes two descriptors stand for the same thing. May gain constants. */
public enum IdentityScope {
  /**
   * The open file description: duplicates are the same, a second {@code open} is another thing.
   * Right where the state lives in the description, and wherever many objects share one inode.
   */
  OPEN_FILE,
  /** The inode: a second description of the same object is the same thing. Right for memory. */
  INODE
}
