// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.protocol;

import dev.luo.examples.memorycache.protocol.CommandLine.RejectedException;
import dev.luo.examples.memorycache.protocol.Request.Content;
import dev.luo.examples.memorycache.protocol.Request.Rejected;
import dev.luo.examples.memorycache.table.Key;
import dev.luo.examples.memorycache.table.Storage;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Cuts requests out of a queue of bytes, however the bytes arrive.
 *
 * <p>A request is taken from the queue when it is complete and not before. All that is remembered
 * in between is how many bytes of a value too large are still to be skipped; the other fields only
 * spare looking at the same bytes twice.
 *
 * <p>Stricter than memcached in two places: control characters in keys are refused, as its
 * specification has it, and a line that is too long is refused even if it came in one piece.
 */
final class RequestParser {
  private static final int LONGEST_LINE = 2048;
  private static final int LONGEST_RETRIEVAL = 256 * 1024;
  private static final int LINE_END = 2;
  private static final String BAD_EXPTIME = "CLIENT_ERROR invalid exptime argument";

  private final int itemLimit;
  private long skipping;
  private int searched;
  private int needed = 1;

  RequestParser(int itemLimit, long skipping) {
    this.itemLimit = itemLimit;
    this.skipping = skipping;
  }

  /** Returns how many of the next bytes belong to a value that nobody wants. */
  long skipping() {
    return skipping;
  }

  /** Returns how many bytes are missing until there can be a request. */
  int missing(ByteQueue input) {
    return Math.max(1, needed - input.size());
  }

  /** Takes the next request out of the input; null if it is not complete. */
  @Nullable Request next(ByteQueue input) {
    skip(input);
    if (skipping > 0 || input.size() < needed) {
      return null;
    }
    int end = input.indexOf((byte) '\n', searched);
    if (isTooLong(input, end < 0 ? input.size() : end)) {
      return new Rejected("CLIENT_ERROR line too long", true);
    }
    if (end < 0) {
      searched = input.size();
      needed = input.size() + 1;
      return null;
    }
    int length = end > 0 && input.at(end - 1) == '\r' ? end - 1 : end;
    Request request = parse(input, new CommandLine(input.copy(0, length)), end + 1);
    if (request == null) {
      searched = end;
      return null;
    }
    searched = 0;
    needed = 1;
    return request;
  }

  private void skip(ByteQueue input) {
    int skipped = (int) Math.min(skipping, input.size());
    input.consume(skipped);
    skipping -= skipped;
  }

  private static boolean isTooLong(ByteQueue input, int length) {
    return length > LONGEST_LINE && (length > LONGEST_RETRIEVAL || !isRetrieval(input));
  }

  private static boolean isRetrieval(ByteQueue input) {
    return input.at(0) == 'g'
        && (input.at(1) == 'e' || input.at(1) == 'a')
        && input.at(2) == 't'
        && (input.at(3) == ' ' || (input.at(3) == 's' && input.at(4) == ' '));
  }

  /** Takes a request whose line has so many bytes; null if its value is not complete. */
  private @Nullable Request parse(ByteQueue input, CommandLine line, int lineSize) {
    try {
      return switch (line.verb()) {
        case "set" -> parseStore(Storage.SET, input, line, lineSize);
        case "add" -> parseStore(Storage.ADD, input, line, lineSize);
        case "replace" -> parseStore(Storage.REPLACE, input, line, lineSize);
        case "append" -> parseStore(Storage.APPEND, input, line, lineSize);
        case "prepend" -> parseStore(Storage.PREPEND, input, line, lineSize);
        case "cas" -> parseStore(null, input, line, lineSize);
        default -> {
          Request request = parseLine(line);
          input.consume(lineSize);
          yield request;
        }
      };
    } catch (RejectedException e) {
      input.consume(lineSize);
      return new Rejected(e.answer(), false);
    }
  }

  /** Parses what has a value; without a way to store it, it is compared first. */
  private @Nullable Request parseStore(
      @Nullable Storage way, ByteQueue input, CommandLine line, int lineSize)
      throws RejectedException {
    int fixed = way == null ? 5 : 4;
    line.requireArguments(fixed, fixed + 1);
    Key key = line.key(1);
    int flags = line.unsignedInt(2);
    long exptime = line.seconds(3, CommandLine.BAD_FORMAT);
    int length = line.length(4, Integer.MAX_VALUE - LINE_END);
    long cas = way == null ? line.unsignedLong(5, CommandLine.BAD_FORMAT) : 0;
    boolean noreply = line.noreply(fixed);
    if (length > itemLimit) {
      input.consume(lineSize);
      skipping = (long) length + LINE_END;
      skip(input);
      return new Request.Oversized(way == Storage.SET, key, noreply);
    }
    int whole = lineSize + length + LINE_END;
    if (input.size() < whole) {
      needed = whole;
      return null;
    }
    boolean ends = input.at(whole - 2) == '\r' && input.at(whole - 1) == '\n';
    if (!ends) {
      input.consume(whole);
      return new Rejected(noreply ? "" : "CLIENT_ERROR bad data chunk", false);
    }
    Content content = new Content(flags, exptime, input.view(lineSize, length));
    input.consume(whole);
    return way == null
        ? new Request.CompareAndSet(key, cas, content, noreply)
        : new Request.Store(way, key, content, noreply);
  }

  private static Request parseLine(CommandLine line) throws RejectedException {
    return switch (line.verb()) {
      case "get", "gets" -> {
        line.requireArguments(1, Integer.MAX_VALUE);
        yield new Request.Retrieve(
            line.keysFrom(1), line.verb().equals("gets"), OptionalLong.empty());
      }
      case "gat", "gats" -> {
        line.requireArguments(2, Integer.MAX_VALUE);
        yield new Request.Retrieve(
            line.keysFrom(2),
            line.verb().equals("gats"),
            OptionalLong.of(line.seconds(1, BAD_EXPTIME)));
      }
      case "incr", "decr" -> {
        line.requireArguments(2, 3);
        Key key = line.key(1);
        long delta = line.unsignedLong(2, "CLIENT_ERROR invalid numeric delta argument");
        yield new Request.Adjust(key, delta, line.verb().equals("incr"), line.noreply(2));
      }
      case "touch" -> {
        line.requireArguments(2, 3);
        Key key = line.key(1);
        yield new Request.Touch(key, line.seconds(2, BAD_EXPTIME), line.noreply(2));
      }
      case "delete" -> parseDelete(line);
      case "flush_all" -> {
        line.requireArguments(0, 2);
        boolean noreply = line.noreply(0);
        long delay = line.arguments() > (noreply ? 1 : 0) ? line.seconds(1, BAD_EXPTIME) : 0;
        yield new Request.FlushAll(delay, noreply);
      }
      case "verbosity" -> {
        line.requireArguments(1, 2);
        boolean noreply = line.noreply(0);
        if (!noreply) {
          line.unsignedInt(1);
        }
        yield new Request.Verbosity(noreply);
      }
      case "stats" -> new Request.Stats(line.arguments() == 0 ? "" : line.word(1));
      case "version" -> new Request.Version();
      case "quit" -> new Request.Quit();
      default -> throw new RejectedException("ERROR");
    };
  }

  /** A delay of 0 is still understood, as memcached does for clients that used to send one. */
  private static Request parseDelete(CommandLine line) throws RejectedException {
    line.requireArguments(1, 3);
    Key key = line.key(1);
    boolean noreply = line.noreply(1);
    int others = line.arguments() - 1 - (noreply ? 1 : 0);
    if (others > 1 || (others == 1 && !line.word(2).equals("0"))) {
      throw new RejectedException(CommandLine.BAD_FORMAT + ".  Usage: delete <key> [noreply]");
    }
    return new Request.Delete(key, noreply);
  }
}
