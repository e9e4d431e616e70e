// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.process;

import dev.luo.linux.internal.CStrings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The environment a program starts with. Immutable.
 *
 * <p>Inherited variables are passed on byte by byte, whatever the locale; those set here travel as
 * UTF-8.
 */
public final class Environment {
  private static final Environment EMPTY = new Environment(false, Map.of());
  private static final Environment INHERITED = new Environment(true, Map.of());

  private final boolean inherited;

  /** What differs; a variable without a value is taken out. */
  private final Map<String, Optional<String>> changes;

  private Environment(boolean inherited, Map<String, Optional<String>> changes) {
    this.inherited = inherited;
    this.changes = changes;
  }

  /**
   * The environment of this process, as it is when the program starts.
   *
   * @return the environment
   */
  public static Environment inherited() {
    return INHERITED;
  }

  /**
   * No variables at all.
   *
   * @return the environment
   */
  public static Environment empty() {
    return EMPTY;
  }

  /**
   * These variables and no others.
   *
   * @param variables names and values
   * @return the environment
   * @throws IllegalArgumentException if a name is empty or contains {@code =}, or anything contains
   *     NUL
   */
  public static Environment of(Map<String, String> variables) {
    Environment environment = EMPTY;
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      environment = environment.with(variable.getKey(), variable.getValue());
    }
    return environment;
  }

  /**
   * Sets a variable.
   *
   * @param name its name
   * @param value its value
   * @return the environment with it
   * @throws IllegalArgumentException if the name is empty or contains {@code =}, or either contains
   *     NUL
   */
  public Environment with(String name, String value) {
    if (value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("the value of " + name + " contains NUL");
    }
    return changed(name, Optional.of(value));
  }

  /**
   * Takes a variable out.
   *
   * @param name its name
   * @return the environment without it
   * @throws IllegalArgumentException if the name is empty or contains {@code =} or NUL
   */
  public Environment without(String name) {
    return changed(name, Optional.empty());
  }

  private Environment changed(String name, Optional<String> value) {
    if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("no variable can have the name \"" + name + "\"");
    }
    Map<String, Optional<String>> copy = new LinkedHashMap<>(changes);
    copy.put(name, value);
    return new Environment(inherited, copy);
  }

  /** The entries as the kernel takes them. */
  List<byte[]> entries() {
    List<byte[]> entries = new ArrayList<>();
    if (inherited) {
      for (byte[] entry : CStrings.environment()) {
        if (!changes.containsKey(name(entry))) {
          entries.add(entry);
        }
      }
    }
    for (Map.Entry<String, Optional<String>> change : changes.entrySet()) {
      if (change.getValue().isPresent()) {
        String entry = change.getKey() + "=" + change.getValue().get();
        entries.add(entry.getBytes(StandardCharsets.UTF_8));
      }
    }
    return entries;
  }

  private static String name(byte[] entry) {
    int end = 0;
    while (end < entry.length && entry[end] != '=') {
      end++;
    }
    return new String(entry, 0, end, StandardCharsets.UTF_8);
  }

  /**
   * Shows the names of what differs, not the values: they may be secret.
   *
   * @return such as {@code "inherited, changed: [LISTEN_FDS]"}
   */
  @Override
  public String toString() {
    return (inherited ? "inherited" : "empty") + ", changed: " + changes.keySet();
  }
}
