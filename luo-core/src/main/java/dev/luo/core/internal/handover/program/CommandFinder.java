// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover.program;

import dev.luo.core.Successor;
import dev.luo.core.SuccessorRefusedException;
import dev.luo.core.SuccessorRefusedException.Reason;
import dev.luo.linux.Errno;
import dev.luo.linux.process.Command;
import dev.luo.linux.process.Environment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the file behind a command, as a shell would at this moment.
 *
 * <p>A name without a slash is looked up in the {@code PATH} of this process, which may lead
 * through symbolic links to something that was installed only now. {@code /proc/self/exe} is the
 * way out where the name leads nowhere, because a launcher passed another one or the working
 * directory is not the same any more: it is still the file that runs here, or what has been put in
 * its place.
 */
public final class CommandFinder {
  private static final Path OWN_ARGUMENTS = Path.of("/proc/self/cmdline");
  private static final Path OWN_EXECUTABLE = Path.of("/proc/self/exe");
  private static final String DELETED = " (deleted)";

  private CommandFinder() {}

  /**
   * Returns the command of this process, ready to be started again, without any variable of luo.
   *
   * @throws SuccessorRefusedException if it cannot be found again, or cannot be executed
   */
  public static Command ofThisProcess() throws SuccessorRefusedException {
    List<String> arguments = ownArguments();
    return new Command(ownPath(arguments), arguments, ownEnvironment());
  }

  /**
   * Returns the command of a successor, without any variable of luo.
   *
   * @throws SuccessorRefusedException if there is no such program, or if it cannot be executed
   */
  public static Command of(Successor successor) throws SuccessorRefusedException {
    Optional<List<String>> words = successor.command();
    if (words.isEmpty()) {
      Command own = ofThisProcess();
      return own.in(with(own.environment(), successor.environment()));
    }
    String name = words.get().getFirst();
    String path = find(name).orElseThrow(() -> notFound(name));
    requireExecutable(path);
    return new Command(path, words.get(), with(ownEnvironment(), successor.environment()));
  }

  private static Environment ownEnvironment() {
    Environment environment = Environment.inherited();
    for (String name : HandoverVariable.ALL) {
      environment = environment.without(name);
    }
    return environment;
  }

  private static Environment with(Environment environment, Map<String, String> extra) {
    Environment all = environment;
    for (Map.Entry<String, String> variable : extra.entrySet()) {
      all = all.with(variable.getKey(), variable.getValue());
    }
    return all;
  }

  private static List<String> ownArguments() throws SuccessorRefusedException {
    try {
      byte[] bytes = Files.readAllBytes(OWN_ARGUMENTS);
      List<String> arguments = splitTerminated(bytes);
      if (arguments.isEmpty()) {
        throw notKnown(OWN_ARGUMENTS + " is empty", null);
      }
      return arguments;
    } catch (CharacterCodingException notUtf8) {
      throw notKnown(OWN_ARGUMENTS + " is not UTF-8", notUtf8);
    } catch (IOException failure) {
      throw notKnown(OWN_ARGUMENTS + " cannot be read", failure);
    }
  }

  /** Takes words apart that each end with a NUL. */
  static List<String> splitTerminated(byte[] bytes) throws CharacterCodingException {
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= bytes.length; i++) {
      boolean last = i == bytes.length;
      // A program that overwrites its title may leave the last word without its end.
      if (last ? start < i : bytes[i] == 0) {
        // Anything that is not UTF-8 is an exception here, and not a replacement character.
        words.add(
            StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes, start, i - start))
                .toString());
        start = i + 1;
      }
    }
    return words;
  }

  private static String ownPath(List<String> arguments) throws SuccessorRefusedException {
    Optional<String> found = find(arguments.getFirst());
    String path = found.isPresent() ? found.get() : ownExecutable();
    requireExecutable(path);
    return path;
  }

  private static String ownExecutable() throws SuccessorRefusedException {
    String path;
    try {
      path = Files.readSymbolicLink(OWN_EXECUTABLE).toString();
    } catch (IOException failure) {
      throw notKnown(OWN_EXECUTABLE + " cannot be read", failure);
    }
    if (path.endsWith(DELETED) && !Files.exists(Path.of(path))) {
      path = path.substring(0, path.length() - DELETED.length());
    }
    if (!Files.exists(Path.of(path))) {
      throw notFound(path);
    }
    return path;
  }

  private static Optional<String> find(String name) {
    if (name.indexOf('/') >= 0) {
      // A name that the JDK cannot express may exist all the same; starting it will tell.
      return toPath(name).filter(path -> !Files.exists(path)).isPresent()
          ? Optional.empty()
          : Optional.of(name);
    }
    if (name.isEmpty()) {
      return Optional.empty();
    }
    String search = System.getenv().getOrDefault("PATH", "/bin:/usr/bin");
    for (String folder : search.split(":", -1)) {
      // An empty entry is the working directory, by an old custom that execvp still honours.
      String candidate = (folder.isEmpty() ? "." : folder) + "/" + name;
      if (toPath(candidate).filter(CommandFinder::isProgram).isPresent()) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  private static boolean isProgram(Path path) {
    return Files.isRegularFile(path) && Files.isExecutable(path);
  }

  private static void requireExecutable(String name) throws SuccessorRefusedException {
    Optional<Path> path = toPath(name);
    if (path.filter(Files::isDirectory).isPresent()) {
      throw notExecutable(name + " is a directory, not a program");
    }
    if (path.filter(file -> !Files.isExecutable(file)).isPresent()) {
      throw notExecutable(name + " may not be executed by this user");
    }
  }

  /** Returns the path as the JDK sees it, or nothing if the locale has no way to write it. */
  private static Optional<Path> toPath(String name) {
    try {
      return Optional.of(Path.of(name));
    } catch (InvalidPathException notExpressible) {
      return Optional.empty();
    }
  }

  private static SuccessorRefusedException notKnown(String why, @Nullable Throwable cause) {
    SuccessorRefusedException.Builder refusal =
        SuccessorRefusedException.because(
            Reason.NOT_FOUND, Errno.ENOENT, "the command of this process is not known: " + why);
    return cause == null ? refusal.build() : refusal.cause(cause).build();
  }

  private static SuccessorRefusedException notFound(String name) {
    String where = name.indexOf('/') >= 0 ? "" : " in PATH";
    return SuccessorRefusedException.because(
            Reason.NOT_FOUND, Errno.ENOENT, "there is no program " + name + where)
        .build();
  }

  private static SuccessorRefusedException notExecutable(String message) {
    return SuccessorRefusedException.because(Reason.NOT_EXECUTABLE, Errno.EACCES, message).build();
  }
}
