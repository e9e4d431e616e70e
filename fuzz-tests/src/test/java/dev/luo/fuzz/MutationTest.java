// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.fuzz;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A little fuzzing in every build: a fixed number of inputs from a seed that is always the same, so
 * that a build that passed passes again. {@code -Dluo.fuzz.seed} and {@code -Dluo.fuzz.inputs}
 * choose others. It does not look at coverage; {@code ./run} does.
 */
class MutationTest {

  private static final long SEED = Long.getLong("luo.fuzz.seed", 0x1a0);
  private static final int INPUTS = Integer.getInteger("luo.fuzz.inputs", 500);

  @ParameterizedTest
  @EnumSource
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void changedInputs(Targets title) throws Exception {
    Target target = title.open();
    List<byte[]> corpus = new ArrayList<>(Corpus.of(title, target).values());
    Mutator mutator = new Mutator(new Random(SEED), corpus);
    for (int i = 0; i < INPUTS; i++) {
      byte[] input = mutator.next();
      try {
        target.test(input);
      } catch (Exception | AssertionError failure) {
        Path kept = Files.createDirectories(Path.of("target", "fuzz", "findings", title.title()));
        Path file = Files.write(kept.resolve("seed-%x-input-%d".formatted(SEED, i)), input);
        throw new AssertionError(
            "input %d of seed %d, kept as %s".formatted(i, SEED, file), failure);
      }
    }
  }
}
