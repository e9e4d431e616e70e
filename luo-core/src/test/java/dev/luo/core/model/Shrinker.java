// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes a failing sequence of steps as short as it gets by leaving parts out (delta debugging),
 * then takes away the faults that do not matter.
 */
final class Shrinker {

  /** Answers whether steps still fail. */
  @FunctionalInterface
  interface Failing {
    boolean test(List<Step> steps) throws Exception;
  }

  private final Failing failing;

  Shrinker(Failing failing) {
    this.failing = failing;
  }

  List<Step> shrink(List<Step> steps) throws Exception {
    List<Step> shortest = steps;
    for (int length = shortest.size();
        length >= 1;
        length = Math.min(length, shortest.size()) / 2) {
      shortest = withoutParts(shortest, length);
    }
    return withoutFaults(withoutParts(shortest, 1));
  }

  private List<Step> withoutParts(List<Step> steps, int length) throws Exception {
    List<Step> shortest = steps;
    int end = shortest.size();
    while (end > 0) {
      int start = Math.max(0, end - length);
      List<Step> rest = new ArrayList<>(shortest.subList(0, start));
      rest.addAll(shortest.subList(end, shortest.size()));
      if (failing.test(rest)) {
        shortest = rest;
      }
      end = start;
    }
    return shortest;
  }

  private List<Step> withoutFaults(List<Step> steps) throws Exception {
    List<Step> plain = new ArrayList<>(steps);
    for (int i = 0; i < plain.size(); i++) {
      Step step = plain.get(i);
      plain.set(i, new Step(step.operation(), step.arguments(), Optional.empty()));
      if (step.fault().isPresent() && !failing.test(plain)) {
        plain.set(i, step);
      }
    }
    return plain;
  }
}
