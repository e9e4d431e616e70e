// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import dev.luo.linux.process.Command;
import dev.luo.linux.process.ExitStatus;
import dev.luo.linux.process.PidFd;
import dev.luo.linux.process.Signal;
import dev.luo.linux.process.Spawn;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Runs a main class of these tests in a JVM of its own, as part of the module under test. Its
 * output goes to a memfd, so that nobody has to read along.
 */
public final class ChildJvm {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String MODULE = "dev.luo.linux";

  private final List<String> options = new ArrayList<>();
  private final Map<Integer, Fd> descriptors = new TreeMap<>();

  /** What became of it. */
  public record Outcome(ExitStatus status, String output) {}

  /** With the options that every program with this module needs. */
  public ChildJvm() {
    options.add("--enable-native-access=" + MODULE);
    options.add("--illegal-native-access=deny");
    options.add("-XX:TieredStopAtLevel=1");
    options.add("-XX:+UseSerialGC");
  }

  public ChildJvm option(String option) {
    options.add(option);
    return this;
  }

  public ChildJvm descriptor(Fd source, int target) {
    descriptors.put(target, source);
    return this;
  }

  /** The whole command, for somebody who starts it in another way. */
  public List<String> command(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(
        Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java").toString());
    command.addAll(options);
    command.add("--module-path=" + folderOf(Fd.class));
    command.add("--patch-module=" + MODULE + "=" + folderOf(ChildJvm.class));
    command.add("--module=" + MODULE + "/" + main.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  public Outcome run(Class<?> main, String... arguments) throws LinuxException {
    List<String> command = command(main, arguments);
    return run(
        Command.of(command.getFirst(), command.subList(1, command.size()).toArray(String[]::new)));
  }

  /** Runs any program, with the output where that of a JVM would be. */
  public Outcome run(Command command) throws LinuxException {
    try (Fd output = Memfd.create("output")) {
      Spawn spawn = Spawn.of(command).descriptor(output, 1).descriptor(output, 2);
      descriptors.forEach((target, source) -> spawn.descriptor(source, target));
      try (PidFd child = spawn.start()) {
        boolean ended = child.awaitEnd(System.nanoTime() + PATIENCE.toNanos());
        if (!ended) {
          child.send(Signal.KILL);
        }
        ExitStatus status = child.awaitStatus();
        if (!ended) {
          throw new AssertionError(
              "child did not end within " + PATIENCE + ":\n" + contents(output));
        }
        return new Outcome(status, contents(output));
      }
    }
  }

  static String contents(Fd file) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(FileIo.size(file));
      long length = FileIo.pread(file, bytes, 0);
      return new String(
          bytes.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }
  }

  /**
   * The folder of compiled classes a class comes from; the module is patched with another one than
   * it is read from.
   */
  private static Path folderOf(Class<?> type) {
    String file = type.getName().replace('.', '/') + ".class";
    URL url = Objects.requireNonNull(type.getClassLoader()).getResource(file);
    try {
      URI uri = Objects.requireNonNull(url, file).toURI();
      if (uri.getScheme().equals("jar")) {
        String inside = uri.getSchemeSpecificPart();
        return Path.of(URI.create(inside.substring(0, inside.indexOf("!/"))));
      }
      String path = uri.getPath();
      return Path.of(path.substring(0, path.length() - file.length()));
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
