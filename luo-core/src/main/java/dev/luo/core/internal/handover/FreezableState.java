// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover;

import dev.luo.core.internal.handover.drystart.Demands;
import dev.luo.spi.Deadline;
import dev.luo.spi.LuoException;

/** What the rest of the orchestrator does for a crossing. Called by one thread. */
public interface FreezableState {

  /**
   * Returns what the files that are preserved now demand of a successor. Freezes nothing; called
   * before {@link #freeze}, and once more after it, as files may have been preserved in between.
   */
  Demands demands();

  /**
   * Pauses the workload, freezes every file and publishes the image. Followed by {@link #depart},
   * by {@link #thaw}, or by both in this order.
   *
   * @param deadline by when
   * @param timeline what has happened so far, to be continued
   * @return what is to cross
   * @throws LuoException if that is not possible; then everything has been thawed again
   */
  FrozenState freeze(Deadline deadline, Timeline timeline) throws LuoException;

  /**
   * Takes note of what the timeline has come to, as the last act of this process if all goes well.
   * No failure can be told any more.
   *
   * @param timeline with the phases after the freeze added
   */
  void depart(Timeline timeline);

  /** Takes the image back, unfreezes every file and resumes the workload: there is no update. */
  void thaw();
}
