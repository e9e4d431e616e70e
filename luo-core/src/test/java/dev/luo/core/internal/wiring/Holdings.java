// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.wiring;

import dev.luo.core.LiveUpdate;
import dev.luo.core.internal.file.OutgoingFile;
import dev.luo.core.internal.flb.OutgoingFlb;
import dev.luo.core.internal.memory.Extent;
import java.util.List;

/**
 * What a luo has in handover memory, for tests that balance it.
 *
 * @param files how many allocations belong to files
 * @param sharedStates how many belong to FLBs
 * @param image how many belong to luo itself
 */
public record Holdings(int files, int sharedStates, int image) {

  /** Counts. */
  public static Holdings of(LiveUpdate luo) {
    if (!(luo instanceof Orchestrator orchestrator)) {
      throw new IllegalArgumentException("not opened by luo: " + luo);
    }
    int files = 0;
    int sharedStates = 0;
    List<Extent> extents = orchestrator.memory().extents();
    for (Extent extent : extents) {
      switch (extent.owner()) {
        case OutgoingFile<?> _ -> files++;
        case OutgoingFlb<?> _ -> sharedStates++;
        default -> {}
      }
    }
    return new Holdings(files, sharedStates, extents.size() - files - sharedStates);
  }
}
