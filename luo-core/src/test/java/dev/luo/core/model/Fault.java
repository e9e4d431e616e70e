// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.model;

import java.util.Optional;

/**
 * One misbehaviour during one step.
 *
 * @param at which callback
 * @param nth the how many-th of these in the step, from 1
 * @param bug whether it throws what it must not; otherwise it refuses with EXDEV, or says no
 */
record Fault(Callback at, int nth, boolean bug) {

  /** Reads what {@link #toString} wrote. */
  static Fault parse(String text) {
    String[] parts = text.split("/", 3);
    return new Fault(Callback.valueOf(parts[0]), Integer.parseInt(parts[1]), parts.length == 3);
  }

  /** Returns what the caller sees of it as an errno. */
  String errno() {
    return bug ? "EIO" : "EXDEV";
  }

  @Override
  public String toString() {
    return at + "/" + nth + (bug ? "/bug" : "");
  }

  /** Writes a fault that may be absent. */
  static String suffix(Optional<Fault> fault) {
    return fault.map(present -> " !" + present).orElse("");
  }
}
