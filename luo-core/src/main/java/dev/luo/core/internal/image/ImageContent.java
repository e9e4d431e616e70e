// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import dev.luo.spi.Origin;
import java.util.List;
import java.util.Objects;

/**
 * What an image says, without a word on how it is laid out.
 *
 * <p>Sessions, files, FLBs and phases keep their order. Slots come back in the order of their
 * numbers, extents in that of their offsets, whatever the order they were given in.
 *
 * @param origin what a reader has to assume: {@link Origin#CRASH} in an image that is published
 *     while the workload runs, since whoever reads that one reads it after a crash
 * @param stamp when the workload stood still, or when the image was made if it did not
 * @param sessions in the order of creation, names unique
 * @param flbs those in use, in the order of registration, at most 63
 * @param slots the carried descriptors
 * @param extents the allocations of handover memory, none overlapping another
 * @param timeline the phases until now
 */
public record ImageContent(
    Origin origin,
    Stamp stamp,
    List<SessionEntry> sessions,
    List<FlbEntry> flbs,
    List<SlotEntry> slots,
    List<ExtentEntry> extents,
    List<PhaseEntry> timeline) {

  /** The most FLBs: one page (LUO-FLB-07). */
  public static final int MAX_FLBS = BlockKind.FLBS.capacity();

  /** Takes copies of the lists, and checks that the FLBs fit and are in use. */
  public ImageContent {
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(stamp, "stamp");
    sessions = List.copyOf(sessions);
    flbs = List.copyOf(flbs);
    slots = List.copyOf(slots);
    extents = List.copyOf(extents);
    timeline = List.copyOf(timeline);
    if (flbs.size() > MAX_FLBS) {
      throw new IllegalArgumentException(flbs.size() + " FLBs, and " + MAX_FLBS + " fit");
    }
    for (int i = 0; i < flbs.size(); i++) {
      if (flbs.get(i).count() < 1) {
        throw new IllegalArgumentException("an FLB in an image is in use: " + flbs.get(i));
      }
    }
  }
}
