// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import dev.luo.core.ImageRefusedException;
import dev.luo.spi.Compatible;
import dev.luo.spi.Handle;
import java.util.List;

/** Reads the table of FLBs, of which nothing is to be trusted (LUO-DES-17). */
final class FlbTable implements Place {

  private final BlockTable blocks;
  private final Page page;
  private final CompatibleFields compatibles;
  private final Findings findings;
  private long address;
  private int entry = -1;

  FlbTable(BlockTable blocks, Page page, CompatibleFields compatibles, Findings findings) {
    this.blocks = blocks;
    this.page = page;
    this.compatibles = compatibles;
    this.findings = findings;
  }

  /**
   * Reads all of it.
   *
   * @param at its address; 0: there is none
   */
  List<FlbEntry> read(long at) throws ImageRefusedException {
    address = at;
    int count = at == 0 ? 0 : blocks.take(BlockKind.FLBS, at, page, this);
    if (at == 0 || count < 0) {
      return List.of();
    }
    if (page.u64(KernelLayout.FLBS_PGCNT) != 1 || page.u64(KernelLayout.FLBS_COUNT) != count) {
      findings.error(
          this,
          KernelLayout.FLBS_COUNT,
          "count",
          Long.toUnsignedString(page.u64(KernelLayout.FLBS_COUNT))
              + " entries on "
              + Long.toUnsignedString(page.u64(KernelLayout.FLBS_PGCNT))
              + " pages, and the block table has "
              + count
              + " on one");
    }
    FlbEntry[] flbs = new FlbEntry[count];
    for (int i = 0; i < count; i++) {
      entry = i;
      flbs[i] = readEntry(BlockKind.FLBS.offsetOf(i));
      for (int j = 0; j < i; j++) {
        if (flbs[j].compatible().value().equals(flbs[i].compatible().value())) {
          findings.error(
              this, BlockKind.FLBS.offsetOf(i), "name", "a second FLB " + flbs[i].compatible());
        }
      }
    }
    return List.of(flbs);
  }

  private FlbEntry readEntry(int at) throws ImageRefusedException {
    Compatible compatible = compatibles.read(page, at + KernelLayout.FLB_NAME, this, findings);
    long count = page.u64(at + KernelLayout.FLB_COUNT);
    if (count < 1) {
      findings.error(
          this,
          at + KernelLayout.FLB_COUNT,
          "count",
          compatible + " with " + Long.toUnsignedString(count) + " references");
    }
    return new FlbEntry(compatible, Handle.of(page.u64(at + KernelLayout.FLB_DATA)), count);
  }

  @Override
  public String where() {
    return entry < 0 ? "FLB table" : "FLB table, entry " + entry;
  }

  @Override
  public long address() {
    return address;
  }
}
