// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.socket;

import java.util.HexFormat;

/**
 * The address of a socket of a domain that has no type of its own here.
 *
 * @param domain its domain
 * @param hex the bytes behind the domain, in hexadecimal
 */
public record OtherName(SocketDomain domain, String hex) implements SocketName {
  static OtherName of(SocketDomain domain, byte[] bytes) {
    return new OtherName(domain, HexFormat.of().formatHex(bytes));
  }

  byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }
}
