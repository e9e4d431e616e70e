// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi.paper;

import dev.luo.linux.Fd;
import java.util.List;

/**
 * What only the embedder knows of a virtual machine: which memfd lies where in the guest. KVM has
 * user addresses and no way to list them.
 *
 * @param regions one for each memory slot
 */
record GuestMemory(List<Region> regions) {

  /** The most memory slots a record describes; KVM itself allows more. */
  static final int MOST_REGIONS = 509;

  GuestMemory {
    regions = List.copyOf(regions);
    if (regions.size() > MOST_REGIONS) {
      throw new IllegalArgumentException(regions.size() + " regions");
    }
  }

  /**
   * A memory slot.
   *
   * @param memory the memfd behind it, preserved in the same session
   * @param offset into the memfd, in bytes
   */
  record Region(int slot, int flags, long guestAddress, long byteSize, Fd memory, long offset) {}
}
