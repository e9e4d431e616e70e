// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Fills the cache to the brim with values that have to be there until the end. */
final class Filling {
  /** Values sent before the cache is asked whether it has got them. */
  private static final int ACKNOWLEDGED_AT_ONCE = 64;

  private static final int READ_AT_ONCE = 16;

  /** What the cache keeps beside a value: key, bookkeeping, rounding. */
  private static final int OVERHEAD = 128;

  private final InetSocketAddress cache;
  private final int valueSize;
  private final Values values;
  private final long count;

  /**
   * Prepares to fill.
   *
   * @param room how many bytes of the cache to fill
   */
  Filling(InetSocketAddress cache, int valueSize, long room) {
    this.cache = cache;
    this.valueSize = valueSize;
    this.values = new Values(valueSize);
    this.count = room / (valueSize + OVERHEAD);
  }

  long count() {
    return count;
  }

  long byteSize() {
    return count * valueSize;
  }

  private static String key(long number) {
    return "fill-" + number;
  }

  void store() throws IOException {
    try (CacheClient client = new CacheClient(cache)) {
      for (long number = 0; number < count; number++) {
        client.set(key(number), values.of(number, 0), true);
        if ((number + 1) % ACKNOWLEDGED_AT_ONCE == 0 || number + 1 == count) {
          // Answered in its turn, so after everything before it was stored.
          client.ask("version");
        }
      }
    }
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
