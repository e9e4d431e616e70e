// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.protocol;

import dev.luo.examples.memorycache.protocol.Request.Retrieve;
import dev.luo.examples.memorycache.table.Adjustment;
import dev.luo.examples.memorycache.table.Counter;
import dev.luo.examples.memorycache.table.Item;
import dev.luo.examples.memorycache.table.ItemTable;
import dev.luo.examples.memorycache.table.Key;
import dev.luo.examples.memorycache.table.NewItem;
import dev.luo.examples.memorycache.table.Outcome;
import java.lang.foreign.MemorySegment;
import java.time.InstantSource;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One client's side of the protocol: bytes in, answers out, no socket.
 *
 * <p>Whoever moves the bytes appends to {@link #input}, calls {@link #proceed} and takes from
 * {@link #output}, and asks for more input only while {@link #wantsInput}. A client that does not
 * read its answers is not served until it does; even an answer of many large values is interrupted
 * for that, because what is left of a retrieval is just a shorter retrieval.
 *
 * <p>For the same reason {@link #state} is all there is to know about a conversation, at any
 * moment.
 *
 * <p>Not thread-safe; belongs to the thread that owns the table.
 */
public final class Conversation {
  /** What clients are told: the memcached whose manners these are, for they go by its number. */
  public static final String VERSION = "1.6.0-luo";

  /** With so many bytes of answers unsent, nothing more is answered. */
  static final int OUTPUT_LIMIT = 256 * 1024;

  private static final long LONGEST_RELATIVE = 60L * 60 * 24 * 30;
  private static final long LONG_AGO = 1;
  private static final String LINE_END = "\r\n";

  private final ItemTable table;
  private final InstantSource clock;
  private final Statistics statistics;
  private final RequestParser parser;
  private final ByteQueue input = new ByteQueue();
  private final ByteQueue output = new ByteQueue();
  private @Nullable Retrieve unfinished;
  private int answered;
  private boolean over;

  /**
   * A conversation at rest.
   *
   * @param unread bytes of the client's not yet answered, whole requests or parts of one
   * @param unsent bytes of answers
   * @param skipping how many of the client's next bytes belong to a value that was refused
   */
  public record State(MemorySegment unread, MemorySegment unsent, long skipping) {
    /** A conversation that has not begun. */
    public static final State NEW =
        new State(MemorySegment.ofArray(new byte[0]), MemorySegment.ofArray(new byte[0]), 0);
  }

  /** Begins a conversation, or goes on with one where it was left. */
  public Conversation(ItemTable table, InstantSource clock, Statistics statistics, State state) {
    this.table = table;
    this.clock = clock;
    this.statistics = statistics;
    this.parser = new RequestParser(table.itemLimit(), state.skipping());
    input.append(state.unread());
    output.append(state.unsent());
  }

  /** Returns where bytes of the client's go. */
  public ByteQueue input() {
    return input;
  }

  /** Returns where answers wait to be sent. */
  public ByteQueue output() {
    return output;
  }

  /** Returns whether more bytes of the client's would be looked at. */
  public boolean wantsInput() {
    return !over && unfinished == null && output.size() < OUTPUT_LIMIT;
  }

  /** Returns how many bytes are missing from a request that has begun, at least 1. */
  public int missing() {
    return parser.missing(input);
  }

  /** Returns whether the connection is to be closed once the output is sent. */
  public boolean isOver() {
    return over;
  }

  /** Returns whether nothing was asked in part and nothing is left to send. */
  public boolean isAtRest() {
    return input.isEmpty() && output.isEmpty() && unfinished == null && parser.skipping() == 0;
  }

  /** Returns all that is needed to go on elsewhere with the same table. */
  public State state() {
    ByteQueue unread = new ByteQueue();
    if (unfinished != null) {
      unread.append(unfinished.encode(answered));
    }
    unread.append(input.toByteArray());
    return new State(
        MemorySegment.ofArray(unread.toByteArray()),
        MemorySegment.ofArray(output.toByteArray()),
        parser.skipping());
  }

  /**
   * Answers the requests that are complete, until the output is full.
   *
   * @return whether it stopped because of that and wants to be called again when output was sent
   */
  public boolean proceed() {
    while (!over) {
      if (output.size() >= OUTPUT_LIMIT) {
        return true;
      }
      if (unfinished != null) {
        answerNextKey(unfinished);
        continue;
      }
      Request request = parser.next(input);
      if (request == null) {
        return false;
      }
      execute(request);
    }
    return false;
  }

  private void execute(Request request) {
    switch (request) {
      case Request.Store(var way, Key key, var content, boolean noreply) ->
          answer(noreply, describe(table.store(way, key, toItem(content))));
      case Request.CompareAndSet(Key key, long cas, var content, boolean noreply) ->
          answer(noreply, describe(table.compareAndSet(key, cas, toItem(content))));
      case Request.Oversized(boolean overwrites, Key key, boolean noreply) -> {
        if (overwrites) {
          table.invalidate(key);
        }
        answer(noreply, describe(Outcome.TOO_LARGE));
      }
      case Retrieve retrieve -> {
        unfinished = retrieve;
        answered = 0;
      }
      case Request.Delete(Key key, boolean noreply) ->
          answer(noreply, table.delete(key) ? "DELETED" : "NOT_FOUND");
      case Request.Adjust(Key key, long delta, boolean up, boolean noreply) ->
          answer(noreply, describe(up ? table.increment(key, delta) : table.decrement(key, delta)));
      case Request.Touch(Key key, long exptime, boolean noreply) ->
          answer(noreply, table.touch(key, expiry(exptime)) ? "TOUCHED" : "NOT_FOUND");
      case Request.FlushAll(long delay, boolean noreply) -> {
        table.flush(delay <= 0 ? now() : expiry(delay));
        answer(noreply, "OK");
      }
      case Request.Stats(String topic) -> answerStatistics(topic);
      case Request.Version() -> answer(false, "VERSION " + VERSION);
      case Request.Verbosity(boolean noreply) -> answer(noreply, "OK");
      case Request.Quit() -> over = true;
      case Request.Rejected(String answer, boolean last) -> {
        answer(answer.isEmpty(), answer);
        over = last;
      }
    }
  }

  private void answer(boolean noreply, String line) {
    if (!noreply) {
      output.append(line + LINE_END);
    }
  }

  private void answerNextKey(Retrieve retrieve) {
    Key key = retrieve.keys().get(answered++);
    OptionalLong exptime = retrieve.exptime();
    Item item =
        exptime.isPresent() ? table.getAndTouch(key, expiry(exptime.getAsLong())) : table.get(key);
    if (item != null) {
      output.append("VALUE ");
      output.append(key.bytes());
      output.append(" " + Integer.toUnsignedString(item.flags()) + " " + item.value().byteSize());
      if (retrieve.withCas()) {
        output.append(" " + Long.toUnsignedString(item.cas()));
      }
      output.append(LINE_END);
      output.append(item.value());
      output.append(LINE_END);
    }
    if (answered == retrieve.keys().size()) {
      unfinished = null;
      output.append("END" + LINE_END);
    }
  }

  private void answerStatistics(String topic) {
    switch (topic) {
      case "" -> {
        statistics.current().forEach(this::answerStatistic);
        for (Counter counter : Counter.values()) {
          answerStatistic(
              counter.name().toLowerCase(Locale.ROOT), Long.toString(table.count(counter)));
        }
        answerStatistic("curr_items", Long.toString(table.itemCount()));
        answerStatistic("bytes", Long.toString(table.itemBytes()));
        answerStatistic("limit_maxbytes", Long.toString(table.capacity()));
        output.append("END" + LINE_END);
      }
      case "settings" -> {
        answerStatistic("maxbytes", Long.toString(table.capacity()));
        answerStatistic("item_size_max", Integer.toString(table.itemLimit()));
        answerStatistic("evictions", "on");
        answerStatistic("cas_enabled", "yes");
        output.append("END" + LINE_END);
      }
      // These describe slabs, of which there are none.
      case "items", "slabs", "sizes" -> output.append("END" + LINE_END);
      default -> answer(false, "ERROR");
    }
  }

  private void answerStatistic(String name, String value) {
    output.append("STAT " + name + " " + value + LINE_END);
  }

  private static String describe(Outcome outcome) {
    return switch (outcome) {
      case STORED, NOT_STORED, EXISTS, NOT_FOUND -> outcome.name();
      case TOO_LARGE -> "SERVER_ERROR object too large for cache";
      case OUT_OF_MEMORY -> "SERVER_ERROR out of memory storing object";
    };
  }

  private static String describe(Adjustment adjustment) {
    return switch (adjustment) {
      case Adjustment.Adjusted(long value) -> Long.toUnsignedString(value);
      case Adjustment.NotFound() -> "NOT_FOUND";
      case Adjustment.NotNumeric() ->
          "CLIENT_ERROR cannot increment or decrement non-numeric value";
      case Adjustment.OutOfMemory() -> "SERVER_ERROR out of memory in incr";
    };
  }

  private NewItem toItem(Request.Content content) {
    return new NewItem(content.flags(), expiry(content.exptime()), content.value());
  }

  private long expiry(long exptime) {
    if (exptime == 0) {
      return NewItem.NEVER;
    }
    if (exptime < 0) {
      return LONG_AGO;
    }
    return exptime <= LONGEST_RELATIVE ? now() + exptime : exptime;
  }

  private long now() {
    return clock.millis() / 1000;
  }
}
