// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover.guardian;

import dev.luo.core.internal.handover.program.HandoverVariable;
import dev.luo.linux.Fd;
import dev.luo.linux.process.Command;
import dev.luo.linux.process.Environment;
import java.io.File;
import java.io.FileNotFoundException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a guardian is started: with the JVM of this process, from the jars that this process has its
 * own classes from, and with as little of everything as will do.
 *
 * <p>It runs on the class path even if this process uses modules: it needs two jars and none of
 * their dependencies, and a JVM without a module path starts faster.
 */
final class GuardianCommand {
  /** Variables by which a JVM would become a larger one than this. */
  private static final List<String> JVM_VARIABLES =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH");

  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:-UsePerfData",
          "-Xms4m",
          "-Xmx64m",
          "-Xss512k");

  private GuardianCommand() {}

  /**
   * Returns the command.
   *
   * @param pid the process to watch
   * @param lastTaken up to which number descriptors are taken in the new process
   * @throws FileNotFoundException if this JVM has no launcher, or its classes come from nowhere
   *     that another one could take them from
   */
  static Command forWatching(long pid, int lastTaken) throws FileNotFoundException {
    String java = System.getProperty("java.home", "") + "/bin/java";
    if (!Files.isExecutable(Path.of(java))) {
      throw new FileNotFoundException("there is no launcher " + java);
    }
    List<String> arguments = new ArrayList<>();
    arguments.add(java);
    arguments.addAll(FLAGS);
    Set<String> classPath = new LinkedHashSet<>();
    for (Class<?> each : List.of(Guardian.class, Fd.class)) {
      classPath.add(rootOf(each));
    }
    if (classPath.contains("")) {
      arguments.add("--enable-native-access=" + Fd.class.getModule().getName());
      arguments.add("--module");
      arguments.add(Guardian.class.getModule().getName() + "/" + Guardian.class.getName());
    } else {
      arguments.add("--enable-native-access=ALL-UNNAMED");
      arguments.add("-classpath");
      arguments.add(String.join(File.pathSeparator, classPath));
      arguments.add(Guardian.class.getName());
    }
    arguments.add(Long.toString(pid));
    arguments.add(Integer.toString(lastTaken));
    Environment environment = Environment.inherited();
    for (String name : JVM_VARIABLES) {
      environment = environment.without(name);
    }
    // Those of the update that led to this process would come back with the old program.
    for (String name : HandoverVariable.ALL) {
      environment = environment.without(name);
    }
    return new Command(java, arguments, environment);
  }

  /** Returns what {@link #forWatching} takes out of the environment. */
  static Map<String, String> withheld() {
    Map<String, String> withheld = new TreeMap<>();
    for (String name : JVM_VARIABLES) {
      @Nullable String value = System.getenv(name);
      if (value != null) {
        withheld.put(name, value);
      }
    }
    return withheld;
  }

  /** Returns the jar or folder of a class, or nothing if it is part of the JVM's own image. */
  private static String rootOf(Class<?> type) throws FileNotFoundException {
    @Nullable CodeSource source = type.getProtectionDomain().getCodeSource();
    @Nullable URL location = source == null ? null : source.getLocation();
    if (location == null) {
      throw new FileNotFoundException("it cannot be told where " + type + " was loaded from");
    }
    if (location.getProtocol().equals("jrt")) {
      return "";
    }
    try {
      URI uri = location.toURI();
      if (!"file".equals(uri.getScheme())) {
        // A jar within a jar, say, which only its own class loader can read.
        throw new FileNotFoundException(type + " was loaded from " + uri + ", which is no file");
      }
      return Path.of(uri).toString();
    } catch (URISyntaxException failure) {
      FileNotFoundException exception = new FileNotFoundException(location.toString());
      exception.initCause(failure);
      throw exception;
    }
  }
}
