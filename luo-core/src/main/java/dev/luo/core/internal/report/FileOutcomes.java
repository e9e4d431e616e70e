// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.report;

import dev.luo.core.UpdateReport.Fate;
import dev.luo.core.UpdateReport.FileOutcome;
import dev.luo.spi.Token;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What has become of the files that were handed over. Every file is counted; those with which
 * something is the matter are kept, of the others the first. Not thread-safe.
 */
final class FileOutcomes {

  /** So many of the files that are as they should be. */
  private static final int MAX_WHOLE = 1000;

  private final long handedOver;
  private final Map<Key, FileOutcome> notable = new LinkedHashMap<>();
  private final List<FileOutcome> whole = new ArrayList<>();
  private final Map<Fate, Long> wholeCounts = new EnumMap<>(Fate.class);

  private record Key(String session, Token token) {}

  FileOutcomes(long handedOver) {
    this.handedOver = handedOver;
  }

  void set(FileOutcome file) {
    Key key = new Key(file.session(), file.token());
    if (isNotable(file)) {
      notable.put(key, file);
      return;
    }
    notable.remove(key);
    wholeCounts.merge(file.fate(), 1L, Long::sum);
    if (whole.size() < MAX_WHOLE) {
      whole.add(file);
    }
  }

  private static boolean isNotable(FileOutcome file) {
    return switch (file.fate()) {
      case LIVE, REBUILT -> !file.note().isEmpty();
      case DEGRADED, DROPPED, FAILED, DISCARDED, WAITING -> true;
    };
  }

  /** Counts them, and those that the predecessor lost. */
  Map<Fate, Long> counts(Map<Fate, Long> departed) {
    Map<Fate, Long> counts = new EnumMap<>(Fate.class);
    counts.putAll(wholeCounts);
    notable.values().forEach(file -> counts.merge(file.fate(), 1L, Long::sum));
    long waiting = handedOver - counts.values().stream().mapToLong(Long::longValue).sum();
    if (waiting > 0) {
      counts.put(Fate.WAITING, waiting);
    }
    departed.forEach((fate, count) -> {
      if (fate != Fate.WAITING) {
        counts.merge(fate, count, Long::sum);
      }
    });
    return counts;
  }

  /** Lists them, those first with which something is the matter; after those lost before. */
  List<FileOutcome> listed(List<FileOutcome> departed) {
    List<FileOutcome> all = new ArrayList<>(departed);
    all.addAll(notable.values());
    all.addAll(whole);
    return all;
  }
}
