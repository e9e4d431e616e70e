// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import org.jspecify.annotations.Nullable;

/**
 * Which inode an open descriptor refers to.
 *
 * <p>Equal identities do not make equal files: descriptors opened apart share the inode and have a
 * position and flags of their own, and all eventfds of a system share one inode. It is the bucket
 * in which to look; {@link Fd#sameFile} decides.
 *
 * @param device the device number, as {@code stat} gives it
 * @param inode the number of the inode on that device
 */
public record FileIdentity(long device, long inode) {
  /** Puts a device number together, as the C library's {@code makedev} does. */
  static long device(long major, long minor) {
    return (major & 0xfff) << 8 | (major & ~0xfffL) << 32 | (minor & 0xff) | (minor & ~0xffL) << 12;
  }

  /**
   * Tells the class of the device.
   *
   * @return the major number
   */
  public int major() {
    return (int) ((device >>> 8 & 0xfff) | (device >>> 32 & ~0xfffL));
  }

  /**
   * Tells the device within its class.
   *
   * @return the minor number
   */
  public int minor() {
    return (int) ((device & 0xff) | (device >>> 12 & ~0xffL));
  }

  // Written out, because the generated ones come up by invokedynamic, and this is used first thing
  // after an exec.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FileIdentity that && device == that.device && inode == that.inode;
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(device) + Long.hashCode(inode);
  }

  @Override
  public String toString() {
    return "inode " + inode + " on device " + major() + ":" + minor();
  }
}
