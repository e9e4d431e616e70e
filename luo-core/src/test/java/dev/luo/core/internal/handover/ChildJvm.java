// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover;

import dev.luo.core.internal.handover.program.HandoverVariable;
import dev.luo.linux.Fd;
import dev.luo.linux.FileIo;
import dev.luo.linux.Open;
import dev.luo.linux.Pipe;
import dev.luo.linux.Poll;
import dev.luo.linux.process.Command;
import dev.luo.linux.process.Environment;
import dev.luo.linux.process.ExitStatus;
import dev.luo.linux.process.PidFd;
import dev.luo.linux.process.Signal;
import dev.luo.linux.process.Spawn;
import dev.luo.spi.LuoException;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
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
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Runs programs of these tests in JVMs of their own. */
public final class ChildJvm {
  /** Far more than anything here takes, so that only what hangs is hit. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final int CHUNK = 64 << 10;

  /** Where the JVM of the tests and of their programs is. */
  public static final String JAVA_HOME = Objects.requireNonNull(System.getProperty("java.home"));

  private ChildJvm() {}

  /** What became of a process. */
  public record Result(ExitStatus status, String output) {
    /** The values of the lines {@code key=value}, in the order in which they were written. */
    public List<String> values(String key) {
      return output
          .lines()
          .filter(line -> line.startsWith(key + "="))
          .map(line -> line.substring(key.length() + 1))
          .toList();
    }
  }

  /** The command line that runs a class of the test or main sources on the class path. */
  public static List<String> command(Class<?> program, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(JAVA_HOME + "/bin/java");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Xmx64m");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--illegal-native-access=deny");
    command.add("-classpath");
    command.add(String.join(File.pathSeparator, classPath()));
    command.add(program.getName());
    Collections.addAll(command, arguments);
    return command;
  }

  /** Where the classes are that the programs need, however this JVM came by them. */
  private static Set<String> classPath() {
    Set<String> path = new LinkedHashSet<>();
    for (Class<?> each :
        List.of(
            ChildJvm.class,
            ExecUpdate.class,
            LuoException.class,
            Fd.class,
            dagger.internal.Provider.class,
            jakarta.inject.Provider.class,
            javax.inject.Provider.class)) {
      path.add(rootOf(each));
    }
    return path;
  }

  private static String rootOf(Class<?> type) {
    String name = type.getName().replace('.', '/') + ".class";
    URL url = type.getResource('/' + name);
    if (url == null) {
      throw new IllegalStateException("no file for " + type);
    }
    String text = url.toString();
    String root = text.substring(0, text.length() - name.length());
    if (root.startsWith("jar:")) {
      root = root.substring("jar:".length(), root.length() - "!/".length());
    }
    try {
      return Path.of(new URI(root)).toString();
    } catch (URISyntaxException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /**
   * Runs a command, and waits until nobody is left who could write to its output: neither the
   * process nor one that it has started.
   *
   * @param environment variables besides those of this process
   */
  public static Result run(List<String> command, Map<String, String> environment)
      throws IOException {
    Environment all = Environment.inherited();
    for (String name : HandoverVariable.ALL) {
      all = all.without(name);
    }
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      all = all.with(variable.getKey(), variable.getValue());
    }
    try (Pipe output = Pipe.create();
        Fd empty = Open.file("/dev/null");
        PidFd process =
            Spawn.of(new Command(command.getFirst(), command, all))
                .descriptor(empty, 0)
                .descriptor(output.writing(), 1)
                .descriptor(output.writing(), 2)
                .start()) {
      output.writing().close();
      String text;
      try {
        text = readToEnd(output.reading());
      } catch (IOException | AssertionError failure) {
        process.send(Signal.KILL);
        throw failure;
      }
      return new Result(process.awaitStatus(), text);
    }
  }

  private static String readToEnd(Fd pipe) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment chunk = arena.allocate(CHUNK);
      while (true) {
        if (!Poll.awaitReadable(pipe, deadline)) {
          throw new AssertionError("somebody is still there, having written: " + text);
        }
        long count = FileIo.read(pipe, chunk);
        if (count == 0) {
          return text.toString(StandardCharsets.UTF_8);
        }
        text.writeBytes(chunk.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE));
      }
    }
  }
}
