// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** What a run found: of each benchmark a line for each size, compared with the smallest. */
final class Table {

  private static final List<String> SIZES = List.of("files", "sessions");
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  /**
   * One benchmark at one size.
   *
   * @param size how many things there were
   * @param unit what they were
   * @param time of one operation, in microseconds
   * @param bytes that one operation allocated
   */
  private record Row(int size, String unit, double time, double bytes) {}

  private final Map<String, List<Row>> rows = new LinkedHashMap<>();

  Table(Collection<RunResult> results) {
    results.forEach(this::add);
    rows.values().forEach(sizes -> sizes.sort(Comparator.comparingInt(Row::size)));
  }

  private void add(RunResult result) {
    BenchmarkParams parameters = result.getParams();
    StringBuilder name = new StringBuilder(simpleName(parameters.getBenchmark()));
    String unit = SIZES.getFirst();
    for (String key : parameters.getParamsKeys()) {
      if (SIZES.contains(key)) {
        unit = key;
      } else {
        name.append(' ').append(parameters.getParam(key));
      }
    }
    Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
    if (allocated == null) {
      throw new IllegalStateException("not measured: " + ALLOCATED);
    }
    int size = Integer.parseInt(parameters.getParam(unit));
    rows.computeIfAbsent(name.toString(), _ -> new ArrayList<>())
        .add(new Row(size, unit, result.getPrimaryResult().getScore(), allocated.getScore()));
  }

  /** Leaves the package and the word that all classes end with out. */
  private static String simpleName(String benchmark) {
    int method = benchmark.lastIndexOf('.');
    int type = benchmark.lastIndexOf('.', method - 1);
    return benchmark.substring(type + 1).replace("Benchmark.", " ");
  }

  /** Lists the lines of a table in Markdown. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("| operation | among | µs | times the first | allocated, bytes |");
    lines.add("|---|---:|---:|---:|---:|");
    rows.forEach((name, sizes) -> {
      for (Row row : sizes) {
        lines.add(
            String.format(
                Locale.ROOT,
                "| %s | %,d %s | %,.2f | %.2f | %,.0f |",
                name,
                row.size(),
                row.unit(),
                row.time(),
                row.time() / sizes.getFirst().time(),
                row.bytes()));
      }
    });
    return lines;
  }
}
