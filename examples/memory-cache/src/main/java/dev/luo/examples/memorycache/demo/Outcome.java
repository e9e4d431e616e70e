// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.demo;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * What the demonstration found, in numbers.
 *
 * @param via the way that was taken
 * @param bytes the size of the memory that crossed, each time
 * @param allocatedBytes how much of it the kernel had given at the end; less if pages are untouched
 * @param keys how many values were read back at the end
 * @param lost values and counts that were acknowledged and are gone
 * @param duplicates counts that were made twice
 * @param errors what must not happen at all, such as a refused connection; in words
 * @param writes how many writes were acknowledged meanwhile
 * @param silencesNanos for every connection that ended, how long its client heard nothing
 * @param reports those of the successors, in their order
 */
record Outcome(
    String via,
    long bytes,
    long allocatedBytes,
    long keys,
    long lost,
    long duplicates,
    List<String> errors,
    long writes,
    List<Long> silencesNanos,
    List<Map<String, Object>> reports) {

  /** Returns whether everything that was acknowledged is there, exactly once. */
  boolean isPerfect() {
    return lost == 0 && duplicates == 0 && errors.isEmpty();
  }

  /** Returns the blackout of each update, in microseconds. */
  List<Long> blackoutsMicros() {
    return reports.stream().map(report -> number(report, "blackoutMicros")).toList();
  }

  /** Returns the longest time that a client heard nothing, in microseconds. */
  long longestSilenceMicros() {
    return worst(silencesMicros());
  }

  private List<Long> silencesMicros() {
    return silencesNanos.stream().map(nanos -> nanos / 1000).toList();
  }

  /** Returns how many files crossed, each time. */
  int files() {
    return reports.isEmpty() || !(reports.getLast().get("files") instanceof List<?> files)
        ? 0
        : files.size();
  }

  /**
   * Returns one JSON object; {@code blackoutMicros} and {@code clientGapMicros} are the worst ones.
   */
  String toJson() throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("via", via);
    json.put("bytes", bytes);
    json.put("allocatedBytes", allocatedBytes);
    json.put("files", files());
    json.put("keys", keys);
    json.put("updates", reports.size());
    json.put("writes", writes);
    json.put("lost", lost);
    json.put("duplicates", duplicates);
    json.put("errors", errors.size());
    json.put("errorMessages", errors);
    json.put("blackoutMicros", worst(blackoutsMicros()));
    json.put("blackoutsMicros", blackoutsMicros());
    json.put("clientGapMicros", longestSilenceMicros());
    json.put("clientGapsMicros", silencesMicros());
    json.put("phases", reports.stream().map(report -> report.get("phases")).toList());
    json.put("java", System.getProperty("java.version"));
    return JSON.std.asString(json);
  }

  static long number(Map<?, ?> json, String field) {
    return json.get(field) instanceof Number number ? number.longValue() : 0;
  }

  private static long worst(List<Long> micros) {
    return micros.stream().flatMapToLong(LongStream::of).max().orElse(0);
  }
}
