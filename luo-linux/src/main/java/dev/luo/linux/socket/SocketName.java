// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.socket;

/** The address of a socket. More kinds may be added. */
public sealed interface SocketName permits UnixName, InternetName, OtherName {
  /**
   * Tells the family of addresses it belongs to.
   *
   * @return the domain
   */
  SocketDomain domain();
}
