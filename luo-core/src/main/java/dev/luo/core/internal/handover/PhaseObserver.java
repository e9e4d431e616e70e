// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover;

import dev.luo.core.UpdateReport.Phase;
import org.jspecify.annotations.Nullable;

/** Learns of the phases of an update, on the thread that goes through them. */
public interface PhaseObserver {

  /** Nobody looks. */
  PhaseObserver NONE =
      new PhaseObserver() {
        @Override
        public @Nullable Object began(String phase) {
          return null;
        }

        @Override
        public void ended(Phase phase, @Nullable Object trace) {}
      };

  /**
   * A phase begins.
   *
   * @return what {@link #ended} wants to have
   */
  @Nullable Object began(String phase);

  /**
   * It has ended.
   *
   * @param trace what {@link #began} returned
   */
  void ended(Phase phase, @Nullable Object trace);
}
