// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.demo;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * Touches the pages that a filling with large values leaves out: the room that it spares, and those
 * parts of the index that none of its keys fell into. Small values are stored in all of the room
 * and, once that is full, each in the place of the oldest, until the kernel says that no page is
 * missing. In the end they are deleted.
 */
final class Sweep {
  private static final int VALUE_SIZE = 1024;
  private static final int STORED_AT_ONCE = 1024;

  /**
   * For so many bytes of memory there is one value at most. The index has an eighth of a page for
   * every 32 KiB, so a page of it is left out with a probability of e<sup>-512</sup>.
   */
  private static final long BYTES_PER_VALUE = 512;

  private final InetSocketAddress cache;
  private final Untouched untouched;
  private final byte[] value = new byte[VALUE_SIZE];

  /** Tells what the kernel has not given to the cache yet. */
  @FunctionalInterface
  interface Untouched {
    /** Returns how many bytes of its memory the cache has never touched. */
    long bytes() throws IOException;
  }

  Sweep(InetSocketAddress cache, Untouched untouched) {
    this.cache = cache;
    this.untouched = untouched;
  }

  /**
   * Sweeps.
   *
   * @throws IOException also if pages stay untouched
   */
  void run() throws IOException {
    try (CacheClient client = new CacheClient(cache)) {
      long limit = client.statistic("limit_maxbytes");
      long room = limit - client.statistic("bytes");
      long together = room / client.spaceTakenBy(() -> store(client, 0));
      long most = Math.max(together, limit / BYTES_PER_VALUE);
      long stored = 1;
      while (stored < together || untouched.bytes() > 0) {
        if (stored > most) {
          throw new IOException(untouched.bytes() + " bytes of the cache stay untouched");
        }
        for (long end = stored + STORED_AT_ONCE; stored < end; stored++) {
          if (stored >= together) {
            delete(client, stored - together);
          }
          store(client, stored);
        }
        client.awaitUnanswered();
      }
      for (long left = Math.max(0, stored - together); left < stored; left++) {
        delete(client, left);
      }
      client.awaitUnanswered();
    }
  }

  private static String key(long number) {
    return "sweep-%010d".formatted(number);
  }

  private void store(CacheClient client, long number) throws IOException {
    client.set(key(number), value, true);
  }

  private static void delete(CacheClient client, long number) throws IOException {
    client.line("delete " + key(number) + " noreply");
  }
}
