// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.socket;

/**
 * The family of addresses a socket belongs to.
 *
 * @param number as the kernel counts
 */
public record SocketDomain(int number) {
  /** Within this machine. */
  public static final SocketDomain UNIX = new SocketDomain(1);

  /** Internet, version 4. */
  public static final SocketDomain INET = new SocketDomain(2);

  /** Internet, version 6. */
  public static final SocketDomain INET6 = new SocketDomain(10);

  /** Between a virtual machine and its host. */
  public static final SocketDomain VSOCK = new SocketDomain(40);

  /**
   * Shows the name.
   *
   * @return such as {@code "UNIX"}, or {@code "domain 17"} for one without a name here
   */
  @Override
  public String toString() {
    return switch (number) {
      case 1 -> "UNIX";
      case 2 -> "INET";
      case 10 -> "INET6";
      case 40 -> "VSOCK";
      default -> "domain " + number;
    };
  }
}
