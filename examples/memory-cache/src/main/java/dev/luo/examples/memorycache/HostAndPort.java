// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Understands addresses such as {@code 127.0.0.1:11211} and {@code [::1]:0}. */
public final class HostAndPort implements ITypeConverter<InetSocketAddress> {
  /** Creates the converter, as the command line parser does. */
  public HostAndPort() {}

  @Override
  public InetSocketAddress convert(String text) {
    int colon = text.lastIndexOf(':');
    try {
      if (colon > 0) {
        InetAddress host = InetAddress.getAllByName(text.substring(0, colon))[0];
        return new InetSocketAddress(host, Integer.parseInt(text.substring(colon + 1)));
      }
    } catch (UnknownHostException | IllegalArgumentException e) {
      throw new TypeConversionException("'" + text + "': " + e.getMessage());
    }
    throw new TypeConversionException("'" + text + "' is not a known host and a port");
  }
}
