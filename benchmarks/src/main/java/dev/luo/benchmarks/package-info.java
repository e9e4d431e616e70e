// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * What one operation costs the more things there are already: {@link
 * dev.luo.benchmarks.PreserveBenchmark} and {@link dev.luo.benchmarks.RetrieveBenchmark} among
 * files, {@link dev.luo.benchmarks.SessionBenchmark} among sessions, {@link
 * dev.luo.benchmarks.ImageBenchmark} for a whole handover. {@link dev.luo.benchmarks.Main} runs
 * them, and {@link dev.luo.benchmarks.Table} says of each how many times the smallest cost the
 * largest has. All through the public interface, in one JVM.
 */
@NullMarked
package dev.luo.benchmarks;

import org.jspecify.annotations.NullMarked;
