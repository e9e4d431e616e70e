// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.benchmarks;

import dev.luo.benchmarks.CheapHandler.Belonging;
import dev.luo.core.LiveUpdate;
import dev.luo.core.Options;
import dev.luo.core.testing.InProcessHandover;
import dev.luo.linux.LinuxException;
import dev.luo.spi.LuoException;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Writes and reads a whole image, with a freeze before it and an unfreeze after it. */
@State(Scope.Benchmark)
public class ImageBenchmark {

  /** How many cross, with a record each. */
  @Param("1000")
  public int files;

  private final Options options = Scene.options(Set.of(Belonging.RECORD));
  private LiveUpdate luo;

  /** Preserves them. */
  @Setup
  public void preserve() throws LuoException, LinuxException {
    luo = Scene.open();
    Scene.memfds(luo.createSession("s"), files);
  }

  /** Measured: freezes, writes the image, reads all of it and goes back. */
  @Benchmark
  public void handOverAndTakeBack() throws LuoException {
    InProcessHandover handover = InProcessHandover.handOver(luo, options);
    handover.successor().close();
    handover.takeBack();
  }

  /** Gives everything up. */
  @TearDown
  public void close() {
    luo.close();
  }
}
