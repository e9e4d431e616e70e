// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.server;

import java.time.Duration;

/**
 * What a server allows its clients.
 *
 * @param connections how many may be open at once; further ones wait in the backlog
 * @param idle how long one may say nothing before it is closed; zero for ever
 */
public record ServerOptions(int connections, Duration idle) {
  /** As many connections as memcached takes, and no limit to their silence. */
  public static final ServerOptions DEFAULT = new ServerOptions(1024, Duration.ZERO);
}
