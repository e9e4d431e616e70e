// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover;

import dev.luo.core.internal.handover.program.HandoverVariable;
import dev.luo.linux.Fd;
import dev.luo.spi.LuoException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs programs of these tests in JVMs of their own. */
public final class ChildJvm {
  /** Far more than anything here takes, so that only what hangs is hit. */
  private static final long PATIENCE_SECONDS = 60;

  private ChildJvm() {}

  /** What became of a process. */
  public record Result(int status, String output) {
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
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
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
    for (Class<?> each : List.of(ChildJvm.class, ExecUpdate.class, LuoException.class, Fd.class)) {
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

  /** Starts a command with its output and errors in one stream, without variables of luo. */
  public static Process start(List<String> command, Map<String, String> environment) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    HandoverVariable.ALL.forEach(builder.environment()::remove);
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Waits for the end of everybody who writes to the stream of a process. */
  public static Result await(Process process) throws InterruptedException {
    try {
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS).exitValue();
      return new Result(status, output);
    } catch (IOException | ExecutionException | TimeoutException failure) {
      process.destroyForcibly();
      throw new IllegalStateException(failure);
    }
  }

  /** Runs a command to its end. */
  public static Result run(List<String> command) throws InterruptedException {
    return await(start(command, Map.of()));
  }
}
