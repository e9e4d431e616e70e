// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.benchmarks;

import dev.luo.linux.LinuxException;
import dev.luo.linux.ResourceLimit;
import dev.luo.linux.ResourceLimit.Resource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the benchmarks at all sizes that this process may have, and prints a table. */
public final class Main {

  /** Of a file that is preserved: luo's own, and the one that is carried. */
  private static final int DESCRIPTORS_PER_FILE = 2;

  /** What the JVM and luo itself have open. */
  private static final int OTHER_DESCRIPTORS = 500;

  private static final int[] FILES = {1_000, 3_000, 9_000, 100_000};
  private static final List<String> SESSIONS = List.of("1000", "22000", "500000");

  private Main() {}

  /**
   * Runs what is asked for.
   *
   * @param arguments where JMH's own report goes; whether to take longer; which benchmarks, as a
   *     regular expression
   */
  public static void main(String[] arguments) throws RunnerException, LinuxException {
    Path log = Path.of(arguments[0]);
    boolean takesLonger = Boolean.parseBoolean(arguments[1]);
    Collection<RunResult> results = new Runner(options(log, takesLonger, arguments[2])).run();
    new Table(results).lines().forEach(System.out::println);
  }

  private static Options options(Path log, boolean takesLonger, String name) throws LinuxException {
    ChainedOptionsBuilder builder =
        new OptionsBuilder()
            .include(name)
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.MICROSECONDS)
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .output(log.toString())
            .jvmArgs(
                "-XX:+UseSerialGC",
                "-Xms2g",
                "-Xmx2g",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow") // which JMH cannot do without
            .param("files", sizes(files(), takesLonger))
            .param("sessions", sizes(SESSIONS, takesLonger));
    int iterations = takesLonger ? 5 : 2;
    TimeValue time = TimeValue.milliseconds(takesLonger ? 2_000 : 500);
    return builder
        .forks(takesLonger ? 3 : 1)
        .warmupIterations(iterations)
        .warmupTime(time)
        .measurementIterations(iterations)
        .measurementTime(time)
        .build();
  }

  private static String[] sizes(List<String> all, boolean takesLonger) {
    List<String> chosen = takesLonger ? all : List.of(all.getFirst(), all.getLast());
    return chosen.toArray(String[]::new);
  }

  /** Returns the numbers of files that RLIMIT_NOFILE allows. */
  private static List<String> files() throws LinuxException {
    long limit = ResourceLimit.get(Resource.DESCRIPTORS).soft();
    List<String> allowed = new ArrayList<>();
    for (int files : FILES) {
      long needed = (long) files * DESCRIPTORS_PER_FILE + OTHER_DESCRIPTORS;
      if (limit == ResourceLimit.UNLIMITED || needed <= limit) {
        allowed.add(Integer.toString(files));
      }
    }
    return allowed;
  }
}
