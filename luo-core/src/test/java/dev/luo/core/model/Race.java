// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/**
 * Moves made by several threads at once. What comes out must be what the model says for some order
 * of them that keeps the order of each thread: the answers, the callbacks whatever their order, and
 * the state afterwards. Where no order explains it, the calls were not atomic.
 */
final class Race {

  /**
   * What came out.
   *
   * @param answers of each thread, in its order
   * @param callbacks sorted, without handles
   */
  record Result(List<List<String>> answers, List<String> callbacks, String state) {}

  private final List<Step> before;
  private final List<List<Step>> threads;

  /** What goes wrong during the race; it must be about a callback of one of the moves only. */
  private final Optional<Fault> fault;

  /** What the model allows. */
  private final Set<Result> explained = new HashSet<>();

  /**
   * Prepares.
   *
   * @param before what is done first, by one thread
   * @param threads what each thread does
   */
  Race(List<Step> before, List<List<Step>> threads, Optional<Fault> fault) throws Exception {
    this.before = before;
    this.threads = threads;
    this.fault = fault;
    interleave(new ArrayList<>(), Collections.nCopies(threads.size(), 0));
  }

  /** Reads a race such as {@code "CREATE 0", "CLOSE_OUTGOING 0", "CREATE 0; CREATE 1"}. */
  static Race of(Optional<Fault> fault, String before, String... threads) throws Exception {
    return new Race(Step.read(before), List.of(threads).stream().map(Step::read).toList(), fault);
  }

  private void interleave(List<Integer> order, List<Integer> made) throws Exception {
    boolean complete = true;
    for (int thread = 0; thread < threads.size(); thread++) {
      if (made.get(thread) < threads.get(thread).size()) {
        complete = false;
        List<Integer> longer = new ArrayList<>(order);
        longer.add(thread);
        List<Integer> more = new ArrayList<>(made);
        more.set(thread, made.get(thread) + 1);
        interleave(longer, more);
      }
    }
    if (complete) {
      explained.add(inOrder(order));
    }
  }

  private Result inOrder(List<Integer> order) throws Exception {
    Model model = new Model(Variant.SAFE);
    prepare(model);
    List<List<String>> answers = new ArrayList<>();
    threads.forEach(thread -> answers.add(new ArrayList<>()));
    for (int thread : order) {
      List<String> its = answers.get(thread);
      its.add(Game.outcome(model, threads.get(thread).get(its.size())));
    }
    return new Result(answers, callbacks(model), model.state());
  }

  private void prepare(Subject subject) throws Exception {
    for (Step step : before) {
      subject.journal().begin(step.fault());
      String _ = Game.outcome(subject, step);
    }
    subject.journal().begin(fault);
    List<String> _ = subject.journal().take();
  }

  private static List<String> callbacks(Subject subject) {
    return subject.journal().take().stream()
        .map(call -> call.replaceAll(" h\\d+", ""))
        .sorted()
        .toList();
  }

  /**
   * Runs it once.
   *
   * @throws AssertionError if no order explains what came out, or if it hangs
   */
  void run(Things things) throws Exception {
    Luo luo = new Luo(Variant.SAFE, things);
    Result result;
    String left;
    try {
      prepare(luo);
      List<List<String>> answers = answers(luo);
      result = new Result(answers, callbacks(luo), luo.recount());
    } finally {
      luo.journal().begin(Optional.empty());
      left = luo.end();
    }
    if (!explained.contains(result)) {
      throw new AssertionError(
          "no order explains%n  %s%nbefore: %s%nthreads: %s%nexplained would be%n  %s"
              .formatted(
                  result,
                  Step.write(before),
                  threads.stream().map(Step::write).toList(),
                  explained.stream().map(Result::toString).collect(Collectors.joining("\n  "))));
    }
    if (!left.equals("descriptors 0")) {
      throw new AssertionError("left behind: " + left + " after " + result);
    }
  }

  private List<List<String>> answers(Luo luo) throws InterruptedException {
    List<Callable<List<String>>> calls = new ArrayList<>();
    for (List<Step> steps : threads) {
      calls.add(() -> {
        List<String> its = new ArrayList<>();
        for (Step step : steps) {
          its.add(Game.outcome(luo, step));
        }
        return its;
      });
    }
    return Together.run(calls);
  }
}
