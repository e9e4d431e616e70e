// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.protocol;

import dev.luo.examples.memorycache.table.Key;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One line, cut into words at its spaces. */
final class CommandLine {
  /** Thrown for a line that cannot be understood; the message is the answer to it. */
  static final class RejectedException extends Exception {
    private static final long serialVersionUID = 1L;

    RejectedException(String answer) {
      // Clients can cause any number of these: a stack trace would only cost time.
      super(answer, null, false, false);
    }

    String answer() {
      return String.valueOf(getMessage());
    }
  }

  static final String BAD_FORMAT = "CLIENT_ERROR bad command line format";

  private final byte[] line;
  private final int[] bounds;
  private final int words;

  CommandLine(byte[] line) {
    this.line = line;
    int[] found = new int[16];
    int count = 0;
    int position = 0;
    while (true) {
      while (position < line.length && line[position] == ' ') {
        position++;
      }
      if (position == line.length) {
        break;
      }
      if (count + 2 > found.length) {
        found = Arrays.copyOf(found, found.length * 2);
      }
      found[count++] = position;
      while (position < line.length && line[position] != ' ') {
        position++;
      }
      found[count++] = position;
    }
    this.bounds = found;
    this.words = count / 2;
  }

  /** Returns the first word, or nothing at all. */
  String verb() {
    return words == 0 ? "" : word(0);
  }

  /** Returns how many words follow the first. */
  int arguments() {
    return Math.max(0, words - 1);
  }

  /** Returns a word; 1 is the first argument. */
  String word(int index) {
    return new String(line, start(index), length(index), StandardCharsets.ISO_8859_1);
  }

  void requireArguments(int least, int most) throws RejectedException {
    if (arguments() < least || arguments() > most) {
      throw new RejectedException("ERROR");
    }
  }

  /** Returns whether the last argument, if there are so many, is {@code noreply}. */
  boolean noreply(int after) {
    return arguments() > after && word(words - 1).equals("noreply");
  }

  Key key(int index) throws RejectedException {
    if (!Key.isValid(line, start(index), length(index))) {
      throw new RejectedException(BAD_FORMAT);
    }
    return Key.of(line, start(index), length(index));
  }

  List<Key> keysFrom(int first) throws RejectedException {
    List<Key> keys = new ArrayList<>(words - first);
    for (int index = first; index < words; index++) {
      keys.add(key(index));
    }
    return keys;
  }

  int unsignedInt(int index) throws RejectedException {
    try {
      return Integer.parseUnsignedInt(digits(index));
    } catch (NumberFormatException e) {
      throw new RejectedException(BAD_FORMAT);
    }
  }

  int length(int index, int largest) throws RejectedException {
    try {
      int length = Integer.parseInt(digits(index));
      if (length > largest) {
        throw new RejectedException(BAD_FORMAT);
      }
      return length;
    } catch (NumberFormatException e) {
      throw new RejectedException(BAD_FORMAT);
    }
  }

  long unsignedLong(int index, String otherwise) throws RejectedException {
    try {
      return Long.parseUnsignedLong(digits(index));
    } catch (NumberFormatException e) {
      throw new RejectedException(otherwise);
    }
  }

  /** Returns a number of seconds, which may be negative. */
  long seconds(int index, String otherwise) throws RejectedException {
    try {
      String word = word(index);
      return word.startsWith("-") ? Long.parseLong(word) : Long.parseLong(digits(index));
    } catch (NumberFormatException e) {
      throw new RejectedException(otherwise);
    }
  }

  /** Returns the word unless it starts with a sign, which Java's parsers would take. */
  private String digits(int index) {
    String word = word(index);
    return word.startsWith("+") || word.startsWith("-") ? "" : word;
  }

  private int start(int index) {
    return bounds[2 * index];
  }

  private int length(int index) {
    return bounds[2 * index + 1] - start(index);
  }
}
