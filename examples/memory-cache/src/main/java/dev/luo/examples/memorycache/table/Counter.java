// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.table;

/**
 * What is counted, in the table's own memory: an update does not start any of these again at zero.
 * New counters go to the end, because the order is part of the layout.
 */
public enum Counter {
  /** Keys asked for. */
  CMD_GET(0),
  /** Values offered for storing. */
  CMD_SET(1),
  /** Flushes. */
  CMD_FLUSH(2),
  /** Items asked to live longer or shorter. */
  CMD_TOUCH(3),
  /** Keys asked for and found. */
  GET_HITS(4),
  /** Keys asked for and not found. */
  GET_MISSES(5),
  /** Keys asked for and found expired. */
  GET_EXPIRED(6),
  /** Keys asked for and found flushed. */
  GET_FLUSHED(7),
  /** Items deleted. */
  DELETE_HITS(8),
  /** Keys to delete that were not there. */
  DELETE_MISSES(9),
  /** Items counted up. */
  INCR_HITS(10),
  /** Keys to count up that were not there. */
  INCR_MISSES(11),
  /** Items counted down. */
  DECR_HITS(12),
  /** Keys to count down that were not there. */
  DECR_MISSES(13),
  /** Items replaced because their CAS number was the one expected. */
  CAS_HITS(14),
  /** Keys to compare that were not there. */
  CAS_MISSES(15),
  /** Items left alone because their CAS number was another. */
  CAS_BADVAL(16),
  /** Items whose expiry was changed. */
  TOUCH_HITS(17),
  /** Keys to touch that were not there. */
  TOUCH_MISSES(18),
  /** Items stored since the table was created. */
  TOTAL_ITEMS(19),
  /** Items given up before their time to make room. */
  EVICTIONS(20),
  /** Items taken out because they were found expired or flushed. */
  RECLAIMED(21),
  /** How often the table was opened again, that is, survived its process. */
  GENERATION(22);

  private final long place;

  Counter(long place) {
    this.place = place;
  }

  long offset() {
    return Layout.AT_COUNTERS + place * Long.BYTES;
  }
}
