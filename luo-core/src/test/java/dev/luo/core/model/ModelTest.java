// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.model;

import dev.luo.testing.NoDescriptorLeaks;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/**
 * Plays random moves on luo and on the model. {@code -Dluo.model.seed=…} begins elsewhere, {@code
 * -Dluo.model.operations=…} goes on for longer, {@code -Dluo.model.steps='…'} plays what a failure
 * has printed.
 */
@NoDescriptorLeaks
class ModelTest {

  private static final long OPERATIONS = Long.getLong("luo.model.operations", 5_000);

  @Test
  void safe_fromTheSameSeed() throws Exception {
    play(Variant.SAFE, Long.getLong("luo.model.seed", 1));
  }

  @Test
  void safe_fromAnySeed() throws Exception {
    play(Variant.SAFE, new SecureRandom().nextInt());
  }

  @Test
  void strict_fromTheSameSeed() throws Exception {
    play(Variant.STRICT, Long.getLong("luo.model.seed", 1));
  }

  @Test
  void strict_fromAnySeed() throws Exception {
    play(Variant.STRICT, new SecureRandom().nextInt());
  }

  /** Verifying a session that was given up, which then held its handler for ever. */
  @Test
  void safe_verifyAfterDiscard() throws Exception {
    try (Things things = new Things()) {
      new Campaign(
              Variant.SAFE,
              new Game(() -> new Model(Variant.SAFE), () -> new Luo(Variant.SAFE, things)))
          .play(
              Step.read(
                  "CREATE 1; PRESERVE_FILE 1 3 4 0 5 0; HAND_OVER 0 2; CLAIM 1; RETRIEVE_FILE 1 3; "
                      + "DISCARD_SESSION 1; VERIFY_SESSION 1; UNREGISTER 3"));
    }
  }

  private static void play(Variant variant, long seed) throws Exception {
    long start = System.nanoTime();
    String script = System.getProperty("luo.model.steps", "");
    try (Things things = new Things();
        QuietLog _ = new QuietLog()) {
      Campaign campaign =
          new Campaign(variant, new Game(() -> new Model(variant), () -> new Luo(variant, things)));
      if (script.isEmpty()) {
        campaign.play(seed, OPERATIONS);
      } else {
        campaign.play(Step.read(script));
      }
      Duration took = Duration.ofNanos(System.nanoTime() - start).truncatedTo(ChronoUnit.MILLIS);
      System.out.printf("model, %s, seed %d: %s, %s%n", variant, seed, campaign, took);
    }
  }
}
