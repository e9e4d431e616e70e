// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.luo.spi.LuoException;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The model is worth something only if it finds bugs: it is shown some. */
@NoDescriptorLeaks
class ModelCanFailTest {

  private static final int GAMES = 100;

  @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
  enum Bug {
    OLDEST_UNPRESERVED_FIRST("closeOutgoing", 5, Bug::closeOldestFirst),
    FINISH_LOSES_FILES(
        "finish",
        5,
        (luo, session) -> {
          luo.discard(session);
          return "finished";
        }),
    CLOSE_LOSES_FILES(
        "closeIncoming",
        5,
        (luo, session) -> {
          luo.discard(session);
          return luo.closeIncoming(session);
        }),
    VERIFY_FORGOTTEN("verify", 6, (luo, session) -> "verified");

    private final String method;
    private final int steps;
    private final Mutant.Instead bug;

    Bug(String method, int steps, Mutant.Instead bug) {
      this.method = method;
      this.steps = steps;
      this.bug = bug;
    }

    /** As luo has no such order, one file after the other is released first. */
    private static String closeOldestFirst(Subject luo, int session) throws Exception {
      for (int token = 0; token < World.TOKENS.size(); token++) {
        try {
          luo.unpreserve(session, token);
        } catch (LuoException notThereOrReferredTo) {
          assertThat(notThereOrReferredTo).isNotNull();
        }
      }
      return luo.closeOutgoing(session);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBug_isFoundAndToldInAFewSteps(Bug bug) throws Exception {
    try (Things things = new Things();
        QuietLog _ = new QuietLog()) {
      Game game =
          new Game(
              () -> new Model(Variant.SAFE),
              () -> Mutant.of(new Luo(Variant.SAFE, things), bug.method, bug.bug));
      List<Step> shortest = new Campaign(Variant.SAFE, game).shortest(failing(game));

      assertThat(shortest).hasSizeLessThanOrEqualTo(bug.steps);
      assertThat(game.play(Step.read(Step.write(shortest)))).isPresent();
    }
  }

  private static List<Step> failing(Game game) throws Exception {
    for (int seed = 1; seed <= GAMES; seed++) {
      List<Step> steps = Campaign.steps(Variant.SAFE, seed);
      Optional<Game.Divergence> found = game.play(steps);
      if (found.isPresent()) {
        return steps.subList(0, Math.min(steps.size(), found.get().step() + 1));
      }
    }
    throw new AssertionError("nothing found in " + GAMES + " games");
  }

  @Test
  void aDifference_isToldWithAScript() throws Exception {
    try (Things things = new Things();
        QuietLog _ = new QuietLog()) {
      Game game =
          new Game(() -> new Model(Variant.SAFE), () -> blind(new Luo(Variant.SAFE, things)));
      Campaign campaign = new Campaign(Variant.SAFE, game);

      assertThatThrownBy(() -> campaign.play(1, 1000))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("expected claimed")
          .hasMessageContaining("-Dluo.model.steps='CREATE ");
    }
  }

  private static Subject blind(Subject luo) {
    return Mutant.of(luo, "claim", (subject, session) -> "nothing to claim");
  }
}
