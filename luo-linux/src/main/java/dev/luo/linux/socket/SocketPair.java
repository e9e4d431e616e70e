// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.socket;

import dev.luo.linux.Fd;

/**
 * Two sockets connected with each other.
 *
 * @param first one of them
 * @param second the other
 */
public record SocketPair(Fd first, Fd second) implements AutoCloseable {
  /** Closes both. */
  @Override
  public void close() {
    first.close();
    second.close();
  }
}
