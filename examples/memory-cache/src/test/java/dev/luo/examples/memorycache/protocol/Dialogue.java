// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.protocol;

/**
 * What a client says to an empty cache, and what it hears.
 *
 * @param asMemcached whether memcached 1.6 would answer the same
 */
record Dialogue(String requests, String answers, boolean asMemcached) {
  @Override
  public String toString() {
    String shown = requests.replace("\r", "\\r").replace("\n", "\\n").replace("\0", "\\0");
    return shown.length() <= 100 ? shown : shown.substring(0, 100) + "…";
  }
}
