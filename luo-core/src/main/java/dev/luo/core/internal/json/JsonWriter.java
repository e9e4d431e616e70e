// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.json;

import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Writes one JSON object as text on one line, in the order in which its members are added. For one
 * thread.
 *
 * <p>Numbers are written as they are; 64-bit values that programs in other languages must not round
 * are to be given as text. A name is the caller's: nothing keeps it from being used twice.
 */
public final class JsonWriter {

  private final StringBuilder text;
  private boolean first = true;

  private JsonWriter(StringBuilder text) {
    this.text = text;
  }

  /** Returns the text of an object with these members. */
  public static String object(Consumer<JsonWriter> members) {
    StringBuilder text = new StringBuilder();
    object(text, members);
    return text.toString();
  }

  private static void object(StringBuilder text, Consumer<JsonWriter> members) {
    text.append('{');
    members.accept(new JsonWriter(text));
    text.append('}');
  }

  /** Adds a member that is text. */
  public JsonWriter member(String name, String value) {
    name(name);
    quote(value);
    return this;
  }

  /** Adds a member that is a number. */
  public JsonWriter member(String name, long value) {
    name(name);
    text.append(value);
    return this;
  }

  /** Adds a member that is true or false. */
  public JsonWriter member(String name, boolean value) {
    name(name);
    text.append(value);
    return this;
  }

  /** Adds a member that is an object. */
  public JsonWriter member(String name, Consumer<JsonWriter> members) {
    name(name);
    object(text, members);
    return this;
  }

  /** Adds a member that is JSON already. */
  public JsonWriter json(String name, String value) {
    name(name);
    text.append(value);
    return this;
  }

  /** Adds a member that is a list of objects. */
  public <T> JsonWriter objects(
      String name, Iterable<? extends T> elements, BiConsumer<JsonWriter, ? super T> members) {
    list(name, elements, element -> object(text, object -> members.accept(object, element)));
    return this;
  }

  /** Adds a member that is a list of texts. */
  public JsonWriter texts(String name, Iterable<String> elements) {
    list(name, elements, this::quote);
    return this;
  }

  private <T> void list(String name, Iterable<? extends T> elements, Consumer<? super T> write) {
    name(name);
    text.append('[');
    boolean begun = false;
    for (T element : elements) {
      if (begun) {
        text.append(',');
      }
      begun = true;
      write.accept(element);
    }
    text.append(']');
  }

  private void name(String name) {
    if (!first) {
      text.append(',');
    }
    first = false;
    quote(name);
    text.append(':');
  }

  private void quote(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        default -> {
          if (c < ' ' || c == 0x7f || isAlone(value, i)) {
            text.append("\\u%04x".formatted((int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }

  /** Half a character, which could not be encoded. */
  private static boolean isAlone(String value, int index) {
    char c = value.charAt(index);
    if (Character.isHighSurrogate(c)) {
      return index + 1 == value.length() || !Character.isLowSurrogate(value.charAt(index + 1));
    }
    return Character.isLowSurrogate(c)
        && (index == 0 || !Character.isHighSurrogate(value.charAt(index - 1)));
  }
}
