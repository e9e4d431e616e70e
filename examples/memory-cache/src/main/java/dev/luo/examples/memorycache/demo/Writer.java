// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A client that writes one value after the other, each waiting for its acknowledgement, and counts
 * them in the cache as well. It connects again whenever its connection ends, and then first reads
 * back everything that was acknowledged so far.
 *
 * <p>Setting a value twice does no harm, so a write without an answer is repeated. Counting twice
 * does: there the cache is asked first whether it has counted.
 *
 * <p>Belongs to one thread, but for {@link #stop} and {@link #writes}; the results belong to
 * whoever has seen that thread end.
 */
final class Writer implements Runnable {
  private static final String COUNTER = "count";
  private static final int KEYS = 512;
  private static final int READ_AT_ONCE = 64;
  private static final int VALUE_SIZE = 1024;
  private static final long NONE = 0;

  private final InetSocketAddress cache;
  private final Values values = new Values(VALUE_SIZE);
  private final List<Long> silencesNanos = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();

  /** By key, the sequence number of the last write that was acknowledged. */
  private final long[] acknowledged = new long[KEYS];

  private volatile boolean stopping;
  private volatile long sequence;
  private boolean storing;
  private long counted;
  private boolean counting;
  private boolean silent;
  private long lastAnswer;
  private long lost;
  private long duplicates;

  Writer(InetSocketAddress cache) {
    this.cache = cache;
  }

  /** Ends the thread after the write that is under way. */
  void stop() {
    stopping = true;
  }

  /** Returns how many values have been written and acknowledged; may be asked at any time. */
  long writes() {
    return sequence;
  }

  long lost() {
    return lost;
  }

  long duplicates() {
    return duplicates;
  }

  List<String> errors() {
    return errors;
  }

  /** Returns how long there was no answer, for every time that the connection ended. */
  List<Long> silencesNanos() {
    return silencesNanos;
  }

  @Override
  public void run() {
    try {
      begin();
      while (!stopping) {
        writeOverOneConnection();
      }
      try (CacheClient client = new CacheClient(cache)) {
        takeStock(client);
      }
    } catch (IOException e) {
      errors.add(String.valueOf(e.getMessage()));
    }
  }

  private void begin() throws IOException {
    try (CacheClient client = new CacheClient(cache)) {
      client.set(COUNTER, "0".getBytes(StandardCharsets.US_ASCII), false);
      expectAnswer(client, "STORED");
    }
  }

  /** Connecting may never fail: the socket outlives the program. What is connected may well end. */
  private void writeOverOneConnection() throws IOException {
    try (CacheClient client = new CacheClient(cache)) {
      try {
        takeStock(client);
        while (!stopping) {
          storeOne(client);
          countOne(client);
        }
      } catch (UnexpectedAnswerException e) {
        throw e;
      } catch (IOException e) {
        silent = true;
      }
    }
  }

  private void storeOne(CacheClient client) throws IOException {
    long next = sequence + 1;
    int key = (int) (next % KEYS);
    storing = true;
    client.set(key(key), values.of(key, next), false);
    expectAnswer(client, "STORED");
    acknowledged[key] = next;
    sequence = next;
    storing = false;
  }

  private void countOne(CacheClient client) throws IOException {
    counting = true;
    client.line("incr " + COUNTER + " 1");
    expectAnswer(client, Long.toString(counted + 1));
    counted++;
    counting = false;
  }

  private void expectAnswer(CacheClient client, String expected) throws IOException {
    client.flush();
    String heard = client.answer();
    answered();
    if (!heard.equals(expected)) {
      throw new UnexpectedAnswerException("a write to be answered by " + expected, heard);
    }
  }

  private void answered() {
    long now = System.nanoTime();
    if (silent) {
      silencesNanos.add(now - lastAnswer);
      silent = false;
    }
    lastAnswer = now;
  }

  /** Compares everything acknowledged so far with what the cache has. */
  private void takeStock(CacheClient client) throws IOException {
    byte[] digits = client.get(COUNTER);
    answered();
    compareCount(digits == null ? 0 : Long.parseLong(text(digits)));
    for (int first = 0; first < KEYS; first += READ_AT_ONCE) {
      int end = first + READ_AT_ONCE;
      Map<String, byte[]> found =
          client.getAll(
              IntStream.range(first, end).mapToObj(Writer::key).collect(Collectors.joining(" ")));
      for (int key = first; key < end; key++) {
        compareValue(key, found.getOrDefault(key(key), new byte[0]));
      }
    }
  }

  private void compareCount(long found) {
    if (counting && found == counted + 1) {
      // It was counted, and the answer lost with the connection.
      counted = found;
    }
    counting = false;
    lost += Math.max(0, counted - found);
    duplicates += Math.max(0, found - counted);
    counted = found;
  }

  private void compareValue(int key, byte[] found) {
    if (acknowledged[key] == NONE || values.matches(found, key, acknowledged[key])) {
      return;
    }
    long underWay = sequence + 1;
    if (storing && key == underWay % KEYS && values.matches(found, key, underWay)) {
      return;
    }
    lost++;
    acknowledged[key] = NONE;
  }

  private static String key(int number) {
    return "write-" + number;
  }

  private static String text(byte[] ascii) {
    return new String(ascii, StandardCharsets.US_ASCII).strip();
  }
}
