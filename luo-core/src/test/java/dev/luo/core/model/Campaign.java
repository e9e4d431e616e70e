// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.model;

import dev.luo.core.model.Game.Divergence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Many random games. Each has its own seed, derived from the first, so that a failing one can be
 * played alone; what fails is shrunk and told as a script.
 */
final class Campaign {

  private static final int STEPS_PER_GAME = 250;

  private final Variant variant;
  private final Game game;

  Campaign(Variant variant, Game game) {
    this.variant = variant;
    this.game = game;
  }

  /**
   * Plays until at least that many moves were made.
   *
   * @throws AssertionError if the sides differ
   */
  void play(long seed, long operations) throws Exception {
    long games = (operations + STEPS_PER_GAME - 1) / STEPS_PER_GAME;
    for (long i = 0; i < games; i++) {
      List<Step> steps = steps(variant, seed + i);
      Optional<Divergence> divergence = game.play(steps);
      if (divergence.isPresent()) {
        throw new AssertionError(
            "seed "
                + (seed + i)
                + " finds a difference\n"
                + divergence.get()
                + "\n"
                + story(steps));
      }
    }
  }

  /**
   * Plays a script.
   *
   * @throws AssertionError if the sides differ
   */
  void play(List<Step> steps) throws Exception {
    Optional<Divergence> divergence = game.play(steps);
    if (divergence.isPresent()) {
      throw new AssertionError(story(steps));
    }
  }

  /** Makes a game up, looking at what the model has to offer at each step. */
  static List<Step> steps(Variant variant, long seed) throws Exception {
    RandomGenerator random = new SplittableRandom(seed);
    Model model = new Model(variant);
    List<Step> steps = new ArrayList<>(STEPS_PER_GAME);
    for (int i = 0; i < STEPS_PER_GAME; i++) {
      Step step = Step.from(random, model.prospects());
      Game.Observation _ = Game.observe(model, step);
      steps.add(step);
    }
    return steps;
  }

  /** Shrinks what fails. */
  List<Step> shortest(List<Step> failing) throws Exception {
    Divergence first = game.play(failing).orElseThrow();
    return new Shrinker(steps -> game.play(steps).filter(first::isLike).isPresent())
        .shrink(failing);
  }

  private String story(List<Step> failing) throws Exception {
    String all = "which does not come again: " + Step.write(failing);
    if (game.play(failing).isEmpty()) {
      return all;
    }
    List<Step> shortest = shortest(failing);
    Optional<Divergence> again = game.play(shortest);
    if (again.isEmpty()) {
      return all;
    }
    Divergence divergence = again.get();
    StringBuilder story = new StringBuilder();
    for (int i = 0; i < shortest.size(); i++) {
      story.append(i == divergence.step() ? "> " : "  ").append(shortest.get(i)).append('\n');
    }
    return story
        .append(divergence)
        .append("\nplay it again: -Dtest=ModelTest -Dluo.model.steps='")
        .append(Step.write(shortest))
        .append('\'')
        .toString();
  }

  /** Says how much happened, and how many different things. */
  @Override
  public String toString() {
    return "%d operations, %d kinds of outcome"
        .formatted(
            game.seen().values().stream().mapToLong(Long::longValue).sum(), game.seen().size());
  }
}
