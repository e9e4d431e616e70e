// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Fills the cache with values that have to be there until the end, up to some room to spare. */
final class Filling {
  /** Values sent before the cache is asked whether it has got them. */
  private static final int ACKNOWLEDGED_AT_ONCE = 64;

  private static final int READ_AT_ONCE = 16;

  private final InetSocketAddress cache;
  private final int valueSize;
  private final Values values;
  private final long spareBytes;
  private long count;

  /**
   * Prepares to fill.
   *
   * @param spareBytes how many bytes of the cache to leave free
   */
  Filling(InetSocketAddress cache, int valueSize, long spareBytes) {
    this.cache = cache;
    this.valueSize = valueSize;
    this.values = new Values(valueSize);
    this.spareBytes = spareBytes;
  }

  long count() {
    return count;
  }

  long byteSize() {
    return count * valueSize;
  }

  /** All keys are of one length, so that all items take the same space. */
  static String key(long number) {
    return "fill-%010d".formatted(number);
  }

  void store() throws IOException {
    try (CacheClient client = new CacheClient(cache)) {
      long room = client.statistic("limit_maxbytes") - client.statistic("bytes") - spareBytes;
      count = room / client.spaceTakenBy(() -> store(client, 0));
      for (long number = 1; number < count; number++) {
        store(client, number);
        if (number % ACKNOWLEDGED_AT_ONCE == 0) {
          client.awaitUnanswered();
        }
      }
      client.awaitUnanswered();
    }
  }

  private void store(CacheClient client, long number) throws IOException {
    client.set(key(number), values.of(number, 0), true);
  }

  /** Reads everything and returns how many values are not what was stored. */
  long countLost() throws IOException {
    long lost = 0;
    try (CacheClient client = new CacheClient(cache)) {
      for (long first = 0; first < count; first += READ_AT_ONCE) {
        long end = Math.min(count, first + READ_AT_ONCE);
        Map<String, byte[]> found =
            client.getAll(
                LongStream.range(first, end)
                    .mapToObj(Filling::key)
                    .collect(Collectors.joining(" ")));
        for (long number = first; number < end; number++) {
          byte[] value = found.get(key(number));
          if (value == null || !values.matches(value, number, 0)) {
            lost++;
          }
        }
      }
    }
    return lost;
  }
}
