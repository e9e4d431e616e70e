// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache;

import dev.luo.core.Quiescer;
import dev.luo.examples.memorycache.server.CacheServer;
import dev.luo.spi.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Brings the server to rest for an update. There is none yet when luo is opened; it comes later.
 */
final class ServerQuiescer implements Quiescer {
  /** A client that does not read its answers for so long may miss the last of them. */
  private static final long PATIENCE_NANOS = 200_000_000;

  private final AtomicReference<@Nullable CacheServer> server = new AtomicReference<>();

  void watch(CacheServer running) {
    server.set(running);
  }

  @Override
  public void pause(Deadline deadline) throws Exception {
    CacheServer running = server.get();
    if (running != null) {
      long left = deadline.remaining().toNanos();
      Duration patience = Duration.ofNanos(Math.min(PATIENCE_NANOS, left / 2));
      running.pause(patience).get(left, TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void resume() {
    Optional.ofNullable(server.get()).ifPresent(running -> running.resume().join());
  }
}
