// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.socket;

import java.net.Inet6Address;
import java.net.InetSocketAddress;

/**
 * The address of a socket in the Internet.
 *
 * @param address host and port; the host is resolved
 */
public record InternetName(InetSocketAddress address) implements SocketName {
  /**
   * Checks the address.
   *
   * @throws IllegalArgumentException if the host has not been resolved
   */
  public InternetName {
    if (address.isUnresolved()) {
      throw new IllegalArgumentException(address + " has not been resolved");
    }
  }

  @Override
  public SocketDomain domain() {
    return address.getAddress() instanceof Inet6Address ? SocketDomain.INET6 : SocketDomain.INET;
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
