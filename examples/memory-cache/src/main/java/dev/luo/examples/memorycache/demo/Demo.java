// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.demo;

import dev.luo.core.UpdateReport;
import dev.luo.examples.memorycache.ByteSize;
import dev.luo.examples.memorycache.table.ItemTable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Fills a cache, replaces it several times while a client writes to it, and checks from outside
 * that every write that was acknowledged is there.
 */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Replaces a cache that is in use, and checks that nothing was lost.")
public final class Demo implements Callable<Integer> {
  /** Left to the writer, who comes when the rest is full. */
  private static final long ROOM_FOR_THE_WRITER = 2 << 20;

  private static final long SMALLEST = 8 << 20;
  private static final long PAGE = 4096;

  /** So many writes are seen before each update and after the last. */
  private static final long WRITES_BETWEEN = 2_000;

  @Option(
      names = "--size",
      paramLabel = "<bytes>",
      defaultValue = "1g",
      converter = SizeConverter.class,
      description = "Memory of the cache; every page is filled (default: ${DEFAULT-VALUE}).")
  private long byteSize;

  @Option(
      names = "--value-size",
      paramLabel = "<bytes>",
      defaultValue = "64k",
      converter = SizeConverter.class,
      description = "Size of one value, up to 1m (default: ${DEFAULT-VALUE}).")
  private long valueSize;

  @Option(
      names = "--updates",
      paramLabel = "<n>",
      defaultValue = "3",
      description = "How often the cache is replaced (default: ${DEFAULT-VALUE}).")
  private int updates;

  @Option(
      names = "--via",
      paramLabel = "<way>",
      defaultValue = "exec",
      description = "How: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Way way = Way.exec;

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  /** The ways across that there are. */
  enum Way {
    /** The process goes on, with another program in it. */
    exec
  }

  /** Lets the command line take sizes. */
  static final class SizeConverter implements CommandLine.ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return ByteSize.parse(text);
    }
  }

  private Demo() {}

  /** Runs the demonstration; the exit status is 0 only if nothing was lost. */
  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Demo())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler((failure, _, _) -> Failure.report(failure))
            .execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    requireSense();
    say(
        "A cache of %s is filled and replaced while a client writes to it.\n"
            .formatted(size(byteSize)));
    Outcome outcome;
    CacheProcess cache = new CacheProcess(byteSize);
    try (cache) {
      outcome = demonstrate(cache);
    } catch (IOException e) {
      throw cache.reasonFor(e);
    }
    if (json) {
      System.out.println(outcome.toJson());
    }
    return outcome.isPerfect() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private void requireSense() {
    boolean sensible =
        byteSize >= SMALLEST
            && byteSize % PAGE == 0
            && updates > 0
            && valueSize >= Long.BYTES
            && valueSize <= ItemTable.DEFAULT_ITEM_LIMIT
            && valueSize % Long.BYTES == 0;
    if (!sensible) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "--size must be at least 8m and whole pages of 4k, --updates at least 1, and --value-size"
              + " a multiple of 8 up to 1m");
    }
  }

  private Outcome demonstrate(CacheProcess cache) throws IOException, InterruptedException {
    Filling filling = fill(cache);
    Writer writer = new Writer(cache.address());
    Thread writing = Thread.ofPlatform().name("writer").start(writer);
    List<Map<String, Object>> reports = new ArrayList<>();
    try {
      for (int update = 1; update <= updates; update++) {
        awaitWrites(writer, writing);
        Map<String, Object> report = cache.update();
        reports.add(report);
        say("update %d   %s".formatted(update, describe(report)));
      }
      awaitWrites(writer, writing);
    } finally {
      writer.stop();
      writing.join();
    }
    return check(cache, filling, writer, reports);
  }

  private Filling fill(CacheProcess cache) throws IOException {
    Filling filling = new Filling(cache.address(), (int) valueSize, ROOM_FOR_THE_WRITER);
    long begin = System.nanoTime();
    filling.store();
    new Sweep(cache.address(), () -> byteSize - cache.allocatedBytes()).run();
    say(
        "filled     %,d values, %s, every page of the memory touched, in %.1f s\n"
            .formatted(filling.count(), size(filling.byteSize()), secondsSince(begin)));
    return filling;
  }

  private static void awaitWrites(Writer writer, Thread writing) {
    long enough = writer.writes() + WRITES_BETWEEN;
    while (writer.writes() < enough && writing.isAlive()) {
      LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
    }
  }

  private Outcome check(
      CacheProcess cache, Filling filling, Writer writer, List<Map<String, Object>> reports)
      throws IOException {
    long begin = System.nanoTime();
    List<String> errors = new ArrayList<>(writer.errors());
    String broken = cache.verify();
    if (!broken.isEmpty()) {
      errors.add("the table is broken: " + broken);
    }
    if (cache.statistic("evictions") > 0) {
      errors.add("the cache evicted values: it was filled too much");
    }
    Outcome outcome =
        new Outcome(
            way.toString(),
            byteSize,
            cache.allocatedBytes(),
            filling.count(),
            filling.countLost() + writer.lost(),
            writer.duplicates(),
            errors,
            writer.writes(),
            writer.silencesNanos(),
            reports);
    say(
        "\nclient     heard nothing for %.1f ms at the longest; %d connections ended, none was refused"
            .formatted(outcome.longestSilenceMicros() / 1000.0, outcome.silencesNanos().size()));
    say(
        "verified   %,d values and %,d acknowledged writes, in %.1f s"
            .formatted(outcome.keys(), outcome.writes(), secondsSince(begin)));
    say(
        "           lost %d, twice %d, errors %d"
            .formatted(outcome.lost(), outcome.duplicates(), errors.size()));
    errors.forEach(error -> say("           %s".formatted(error)));
    return outcome;
  }

  private static String describe(Map<String, Object> report) {
    String crossed =
        list(report, "files").stream()
            .map(file -> file.get("compatible") + " " + file.get("fate"))
            .collect(Collectors.joining(", "));
    List<String> phases = new ArrayList<>();
    int paused = 0;
    for (Map<?, ?> phase : list(report, "phases")) {
      phases.add(phase.get("name") + " " + time(phase, "micros"));
      if (UpdateReport.PAUSE.equals(phase.get("name"))) {
        paused = phases.size();
      }
    }
    return """
    blackout %s: %s
               before that, the cache at work: %s
               crossed: %s; process %d goes on\
    """
        .formatted(
            time(report, "blackoutMicros"),
            String.join(", ", phases.subList(paused, phases.size())),
            String.join(", ", phases.subList(0, paused)),
            crossed,
            Outcome.number(report, "pid"));
  }

  private static List<Map<?, ?>> list(Map<String, Object> report, String field) {
    List<Map<?, ?>> objects = new ArrayList<>();
    if (report.get(field) instanceof List<?> list) {
      for (Object element : list) {
        if (element instanceof Map<?, ?> object) {
          objects.add(object);
        }
      }
    }
    return objects;
  }

  private static String time(Map<?, ?> json, String field) {
    return "%,.1f ms".formatted(Outcome.number(json, field) / 1000.0);
  }

  private static String size(long bytes) {
    return "%,.2f GiB".formatted(bytes / (double) (1 << 30));
  }

  private static double secondsSince(long beginNanos) {
    return Duration.ofNanos(System.nanoTime() - beginNanos).toMillis() / 1000.0;
  }

  private void say(String text) {
    if (!json) {
      System.out.println(text);
    }
  }
}
