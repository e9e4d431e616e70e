// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * One move with its numbers, and what goes wrong meanwhile. Written such as {@code PRESERVE_FILE 0
 * 1 3 0 5 !PRESERVE/1}.
 */
record Step(Operation operation, List<Integer> arguments, Optional<Fault> fault) {

  private static final List<Operation> PRESERVING = bag(Operation.Phase.PRESERVING);
  private static final List<Operation> ARRIVING = bag(Operation.Phase.ARRIVING);

  /** Each as often as it is to be made; what does not fit the phase is made now and then. */
  private static List<Operation> bag(Operation.Phase phase) {
    return Arrays.stream(Operation.values())
        .flatMap(operation -> {
          boolean fits = operation.phase == phase || operation.phase == Operation.Phase.EVER;
          int times = fits ? operation.weight : operation.weight / 8;
          return Collections.nCopies(times, operation).stream();
        })
        .toList();
  }

  /** Makes one up. */
  static Step from(RandomGenerator random, Prospects now) {
    List<Operation> bag = now.arriving() ? ARRIVING : PRESERVING;
    Operation operation = bag.get(random.nextInt(bag.size()));
    while (operation.isFutile(now) && random.nextInt(20) > 0) {
      operation = bag.get(random.nextInt(bag.size()));
    }
    List<Integer> arguments = new ArrayList<>(operation.picks.size());
    for (Pick pick : operation.picks) {
      arguments.add(pick.from(random, now, arguments));
    }
    return new Step(operation, arguments, fault(operation, random));
  }

  private static Optional<Fault> fault(Operation operation, RandomGenerator random) {
    if (operation.callbacks.isEmpty() || random.nextInt(3) > 0) {
      return Optional.empty();
    }
    Callback at = operation.callbacks.get(random.nextInt(operation.callbacks.size()));
    boolean bug = !at.mayRefuse || random.nextInt(4) == 0;
    return Optional.of(new Fault(at, 1 + random.nextInt(3), bug));
  }

  /** Reads what {@link #write} wrote. */
  static List<Step> read(String script) {
    return Arrays.stream(script.split(";", -1))
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .map(Step::parse)
        .toList();
  }

  /** Writes steps so that {@link #read} understands them. */
  static String write(List<Step> steps) {
    return steps.stream().map(Step::toString).collect(Collectors.joining("; "));
  }

  private static Step parse(String text) {
    List<Integer> arguments = new ArrayList<>();
    Optional<Fault> fault = Optional.empty();
    String[] words = text.split(" +", 0);
    for (String word : Arrays.asList(words).subList(1, words.length)) {
      if (word.startsWith("!")) {
        fault = Optional.of(Fault.parse(word.substring(1)));
      } else {
        arguments.add(Integer.valueOf(word));
      }
    }
    return new Step(Operation.valueOf(words[0]), arguments, fault);
  }

  /** Makes the move. */
  String on(Subject subject) throws Exception {
    int[] numbers = arguments.stream().mapToInt(Integer::intValue).toArray();
    return operation.move.on(subject, numbers);
  }

  @Override
  public String toString() {
    return operation
        + arguments.stream().map(argument -> " " + argument).collect(Collectors.joining())
        + Fault.suffix(fault);
  }
}
