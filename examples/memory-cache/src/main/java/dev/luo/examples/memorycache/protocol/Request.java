// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.protocol;

import dev.luo.examples.memorycache.table.Key;
import dev.luo.examples.memorycache.table.Storage;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;

/** What a client asks for. */
sealed interface Request {

  /**
   * A value with what the client says about it.
   *
   * @param flags 32 bits without sign
   * @param exptime as the protocol has it: 0 for ever, up to 30 days from now, or a second since
   *     1970
   * @param value a view into the input, valid until it changes
   */
  record Content(int flags, long exptime, MemorySegment value) {}

  /** Store a value: set, add, replace, append, prepend. */
  record Store(Storage way, Key key, Content content, boolean noreply) implements Request {}

  /** Store a value if the item was not changed meanwhile: cas. */
  record CompareAndSet(Key key, long cas, Content content, boolean noreply) implements Request {}

  /** A value larger than the table takes; its bytes will be skipped. */
  record Oversized(boolean overwrites, Key key, boolean noreply) implements Request {}

  /**
   * Return items: get, gets, and with a new expiry gat, gats.
   *
   * @param keys at least one
   */
  record Retrieve(List<Key> keys, boolean withCas, OptionalLong exptime) implements Request {
    /** Returns the request for the keys from one on, as a client would have sent it. */
    byte[] encode(int first) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      String verb = (exptime.isPresent() ? "gat" : "get") + (withCas ? "s" : "");
      line.writeBytes(verb.getBytes(StandardCharsets.US_ASCII));
      exptime.ifPresent(
          seconds -> line.writeBytes((" " + seconds).getBytes(StandardCharsets.US_ASCII)));
      for (Key key : keys.subList(first, keys.size())) {
        line.write(' ');
        line.writeBytes(key.bytes());
      }
      line.write('\r');
      line.write('\n');
      return line.toByteArray();
    }
  }

  /** Remove an item. */
  record Delete(Key key, boolean noreply) implements Request {}

  /** Count an item up or down: incr, decr. */
  record Adjust(Key key, long delta, boolean up, boolean noreply) implements Request {}

  /** Give an item a new expiry. */
  record Touch(Key key, long exptime, boolean noreply) implements Request {}

  /** Forget all items, now or later. */
  record FlushAll(long delay, boolean noreply) implements Request {}

  /** Say how things are; the topic is empty for the general answer. */
  record Stats(String topic) implements Request {}

  /** Say which version this is. */
  record Version() implements Request {}

  /** Say more or less on standard error, which this server does not do. */
  record Verbosity(boolean noreply) implements Request {}

  /** Close the connection. */
  record Quit() implements Request {}

  /**
   * Bytes that are no request: a line to answer, if it is not empty, and whether that was the last.
   */
  record Rejected(String answer, boolean last) implements Request {}
}
