// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.model;

import dev.luo.linux.LinuxException;
import dev.luo.spi.LuoException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes the same moves on two sides, and compares all that can be seen after each. */
final class Game {

  /** Opens one side. */
  @FunctionalInterface
  interface Side {
    Subject open() throws Exception;
  }

  /**
   * What one side showed after a step.
   *
   * @param outcome what the caller was answered
   * @param trace which callbacks were made, in order, with token and handle
   */
  record Observation(String outcome, List<String> trace, String state) {}

  /** Where the sides differ. */
  record Divergence(int step, Observation expected, Observation actual) {

    /** Answers whether it is about the same, perhaps at another step. */
    boolean isLike(Divergence other) {
      return expected.outcome.equals(other.expected.outcome)
          && actual.outcome.equals(other.actual.outcome);
    }

    @Override
    public String toString() {
      return "expected %s%n  trace %s%n  state %s%nactual   %s%n  trace %s%n  state %s"
          .formatted(
              expected.outcome,
              expected.trace,
              expected.state,
              actual.outcome,
              actual.trace,
              actual.state);
    }
  }

  private final Side expected;
  private final Side actual;

  /** How often which move had which outcome. */
  private final Map<String, Long> seen = new TreeMap<>();

  Game(Side expected, Side actual) {
    this.expected = expected;
    this.actual = actual;
  }

  /** Plays until the sides differ, or to the end. */
  Optional<Divergence> play(List<Step> steps) throws Exception {
    Subject model = expected.open();
    Subject luo = actual.open();
    try {
      for (int i = 0; i < steps.size(); i++) {
        Step step = steps.get(i);
        Observation wanted = observe(model, step);
        Observation got = observe(luo, step);
        if (!wanted.equals(got)) {
          got = new Observation(got.outcome, got.trace, luo.recount());
        }
        if (!wanted.equals(got)) {
          Divergence divergence = new Divergence(i, wanted, got);
          end(luo, new AssertionError(divergence.toString()));
          return Optional.of(divergence);
        }
        seen.merge(step.operation() + ": " + wanted.outcome, 1L, Long::sum);
      }
    } catch (Exception | Error e) {
      end(luo, e);
      throw e;
    }
    return end(steps.size(), model, luo);
  }

  private static Optional<Divergence> end(int steps, Subject model, Subject luo) throws Exception {
    model.journal().begin(Optional.empty());
    luo.journal().begin(Optional.empty());
    Observation wanted = new Observation("end", List.of(), model.end());
    Observation got = new Observation("end", List.of(), luo.end());
    return wanted.equals(got) ? Optional.empty() : Optional.of(new Divergence(steps, wanted, got));
  }

  private static void end(Subject subject, Throwable because) {
    try {
      subject.journal().begin(Optional.empty());
      String _ = subject.end();
    } catch (Exception | Error e) {
      because.addSuppressed(e);
    }
  }

  static Observation observe(Subject subject, Step step) throws Exception {
    subject.journal().begin(step.fault());
    String outcome = outcome(subject, step);
    return new Observation(outcome, subject.journal().take(), subject.state());
  }

  static String outcome(Subject subject, Step step) throws Exception {
    try {
      return step.on(subject);
    } catch (Refusal | Nothing e) {
      return String.valueOf(e.getMessage());
    } catch (LuoException e) {
      return e.getClass().getSimpleName() + "[" + e.errno().name() + "]";
    } catch (LinuxException | IllegalStateException e) {
      return e.getClass().getSimpleName() + "[-]";
    }
  }

  /** Lists what happened so far, and how often. */
  Map<String, Long> seen() {
    return seen;
  }
}
