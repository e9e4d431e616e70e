// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.process;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A program with its arguments and environment.
 *
 * @param path the file to execute; a name without a slash is one in the working directory, since no
 *     path is searched
 * @param arguments all arguments, the first of which is the name the program goes by; passed as
 *     UTF-8
 * @param environment its variables
 */
public record Command(String path, List<String> arguments, Environment environment) {
  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if there is no argument, or NUL in the path or an argument
   */
  public Command {
    arguments = List.copyOf(arguments);
    if (arguments.isEmpty()) {
      throw new IllegalArgumentException("the first argument, the name of the program, is missing");
    }
    if (path.indexOf('\0') >= 0
        || arguments.stream().anyMatch(argument -> argument.indexOf('\0') >= 0)) {
      throw new IllegalArgumentException("path or arguments contain NUL");
    }
  }

  /**
   * A program that goes by its path, in the environment of this process.
   *
   * @param path the file to execute
   * @param arguments what follows the name
   * @return the command
   */
  public static Command of(String path, String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = path;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return new Command(path, List.of(all), Environment.inherited());
  }

  /**
   * Replaces the environment.
   *
   * @param environment its variables
   * @return the command in that environment
   */
  public Command in(Environment environment) {
    return new Command(path, arguments, environment);
  }

  List<byte[]> argumentBytes() {
    return arguments.stream().map(argument -> argument.getBytes(StandardCharsets.UTF_8)).toList();
  }

  byte[] pathBytes() {
    return path.getBytes(StandardCharsets.UTF_8);
  }
}
