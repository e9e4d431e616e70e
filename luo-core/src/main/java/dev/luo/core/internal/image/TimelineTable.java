// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import dev.luo.core.ImageRefusedException;
import java.util.List;

/** Reads the phases of the update. */
final class TimelineTable {

  private TimelineTable() {}

  static List<PhaseEntry> read(TableReader records, Findings findings)
      throws ImageRefusedException {
    PhaseEntry[] phases = new PhaseEntry[records.size()];
    for (int i = 0; i < phases.length; i++) {
      int at = records.next();
      Page page = records.page();
      String name =
          TextField.read(
              page,
              at + DirectoryLayout.PHASE_NAME,
              DirectoryLayout.PHASE_NAME_WIDTH,
              records,
              "name",
              findings);
      long duration = page.u64(at + DirectoryLayout.PHASE_DURATION);
      if (duration < 0) {
        records.error(
            DirectoryLayout.PHASE_DURATION,
            "duration",
            "a phase of " + Long.toUnsignedString(duration) + " nanoseconds");
      }
      phases[i] =
          new PhaseEntry(name, page.u64(at + DirectoryLayout.PHASE_START), Math.max(duration, 0));
    }
    records.end();
    return List.of(phases);
  }
}
