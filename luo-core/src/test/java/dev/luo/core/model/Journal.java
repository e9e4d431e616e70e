// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the handlers of one side write down, and what they are told to do wrong. Both sides have one
 * each and are told the same; handles are numbered in the order in which they are given out, so
 * that a number means the same on both. Thread-safe.
 */
final class Journal {

  private List<String> trace = new ArrayList<>();
  private Optional<Fault> fault = Optional.empty();
  private int seen;
  private int freezes;
  private int replaceEvery;
  private long handles;

  /** Begins a step. */
  synchronized void begin(Optional<Fault> stepFault) {
    fault = stepFault;
    seen = 0;
    freezes = 0;
    replaceEvery = 0;
  }

  /** Lets every n-th freeze of this step replace its handle; 0 for none. */
  synchronized void replaceEvery(int n) {
    replaceEvery = n;
  }

  /** Answers whether the freeze that is under way replaces its handle. */
  synchronized boolean replacesHandle() {
    return replaceEvery > 0 && ++freezes % replaceEvery == 0;
  }

  synchronized long newHandle() {
    return ++handles;
  }

  /** Writes a callback down, and answers what goes wrong with it. */
  synchronized Optional<Fault> called(Callback callback, String text) {
    trace.add(text);
    boolean hit = fault.isPresent() && fault.get().at() == callback && ++seen == fault.get().nth();
    return hit ? fault : Optional.empty();
  }

  /** Returns what was written down since the last time. */
  synchronized List<String> take() {
    List<String> taken = trace;
    trace = new ArrayList<>();
    return taken;
  }
}
