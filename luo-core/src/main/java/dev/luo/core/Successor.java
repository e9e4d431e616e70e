// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The program that takes over, and the precautions against it being the wrong one. Immutable: every
 * method returns a copy.
 *
 * <p>Whatever is not said here the successor has from this process: working directory, environment,
 * user, limits, standard streams.
 */
public final class Successor {

  /** How long a program may take to open luo, if nothing else is said. */
  private static final Duration DRY_START = Duration.ofSeconds(30);

  private final List<String> command;
  private final Map<String, String> environment;
  private final @Nullable Duration dryStart;
  private final @Nullable Duration guardian;

  private Successor(
      List<String> command,
      Map<String, String> environment,
      @Nullable Duration dryStart,
      @Nullable Duration guardian) {
    this.command = command;
    this.environment = environment;
    this.dryStart = dryStart;
    this.guardian = guardian;
  }

  /**
   * Starts the command of this process again, to the byte.
   *
   * <p>The command is looked up anew, as a shell would: what has been installed under the same path
   * since, a newer JDK or a newer jar, is taken. If it cannot be found any more, the file that this
   * process runs from is started.
   */
  public static Successor sameCommand() {
    return new Successor(List.of(), Map.of(), DRY_START, null);
  }

  /**
   * Starts another command.
   *
   * @param program a path, or a name that is looked up in {@code PATH}
   * @throws IllegalArgumentException as {@link #ofCommand(List)}
   */
  public static Successor ofCommand(String program, String... arguments) {
    Objects.requireNonNull(program, "program");
    return ofCommand(concatenate(program, arguments));
  }

  /**
   * Starts another command.
   *
   * @param command the program, a path or a name that is looked up in {@code PATH}, and its
   *     arguments. No shell has a part in it
   * @throws IllegalArgumentException if there is no program, or if a word holds a NUL
   */
  public static Successor ofCommand(List<String> command) {
    List<String> words = List.copyOf(command);
    if (words.isEmpty() || words.getFirst().isEmpty()) {
      throw new IllegalArgumentException("a command begins with a program");
    }
    for (String word : words) {
      refuseNul("a word of the command", word);
    }
    return new Successor(words, Map.of(), DRY_START, null);
  }

  /**
   * Adds variables to the environment that the successor has from this process, or replaces them.
   * Called again, it adds to what was said before.
   *
   * @throws IllegalArgumentException if a name is empty or holds '=', if a name or a value holds a
   *     NUL, or if a name begins with {@code LUO_}, as those are luo's own
   */
  public Successor environment(Map<String, String> extra) {
    Map<String, String> all = new TreeMap<>(environment);
    for (Map.Entry<String, String> variable : extra.entrySet()) {
      String name = variable.getKey();
      if (name.isEmpty() || name.indexOf('=') >= 0) {
        throw new IllegalArgumentException("not the name of a variable: \"" + name + '"');
      }
      if (name.startsWith("LUO_")) {
        throw new IllegalArgumentException("variables that begin with LUO_ are luo's own: " + name);
      }
      refuseNul("the name of a variable", name);
      refuseNul("the value of " + name, variable.getValue());
      all.put(name, variable.getValue());
    }
    return new Successor(command, Map.copyOf(all), dryStart, guardian);
  }

  /**
   * Limits how long the program may take until it opens luo when it is tried before the freeze; 30
   * s if not said.
   *
   * @throws IllegalArgumentException if that is no time at all
   */
  public Successor dryStart(Duration deadline) {
    return new Successor(command, environment, positive(deadline), guardian);
  }

  /**
   * Takes the program without trying it. What it lacks then shows after the point of no return, and
   * everything that was handed over is lost unless there is a {@link #guardian}.
   */
  public Successor withoutDryStart() {
    return new Successor(command, environment, null, guardian);
  }

  /**
   * Lets a second process watch the update. It holds the image and every descriptor that crosses
   * until the successor calls {@link LiveUpdate#resumed()}. If the successor dies before that, or
   * has not come so far in time, the guardian makes sure that it is dead and starts the command of
   * <em>this</em> process again, with everything that was handed over.
   *
   * <p>The program that comes back has another process id, and it runs what is installed under its
   * command then: a version that can be returned to is installed beside the new one and not over
   * it.
   *
   * @param deadline how long the successor may take, counted from just before this process is
   *     replaced
   * @throws IllegalArgumentException if that is no time at all
   */
  public Successor guardian(Duration deadline) {
    return new Successor(command, environment, dryStart, positive(deadline));
  }

  /** Returns the words of the command; empty if it is the command of this process. */
  public Optional<List<String>> command() {
    return command.isEmpty() ? Optional.empty() : Optional.of(command);
  }

  /** Returns the variables that are added or replaced. */
  public Map<String, String> environment() {
    return environment;
  }

  /**
   * Returns how long the program may take to open luo when it is tried; empty if it is not tried.
   */
  public Optional<Duration> dryStart() {
    return Optional.ofNullable(dryStart);
  }

  /**
   * Returns how long the successor may take under the eyes of a guardian; empty if there is none.
   */
  public Optional<Duration> guardian() {
    return Optional.ofNullable(guardian);
  }

  /** Shows the command alone: the environment may hold secrets. */
  @Override
  public String toString() {
    return command.isEmpty() ? "the command of this process" : String.join(" ", command);
  }

  private static List<String> concatenate(String program, String[] arguments) {
    String[] words = new String[arguments.length + 1];
    words[0] = program;
    System.arraycopy(arguments, 0, words, 1, arguments.length);
    return List.of(words);
  }

  private static Duration positive(Duration deadline) {
    if (deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException("a deadline lies in the future: " + deadline);
    }
    return deadline;
  }

  private static void refuseNul(String what, String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(what + " must not hold a NUL: \"" + text + '"');
    }
  }
}
