// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi.paper;

import dev.luo.linux.Fd;
import java.util.ArrayList;
import java.util.List;

/**
 * What was done to an iommufd, kept by whoever does it: the kernel lists neither address spaces nor
 * mappings. Locked while the iommufd is preserved, so that the record stays true even in a crash.
 *
 * <p>Thread-safe.
 */
final class IommuLedger {

  /**
   * A mapping made with IOMMU_IOAS_MAP_FILE.
   *
   * @param rights {@link Iommu#WRITEABLE}, {@link Iommu#READABLE}
   * @param memory the memfd, preserved in the same session
   */
  record Mapping(
      int addressSpace, int rights, long address, long byteSize, Fd memory, long offset) {}

  /** What stood in the ledger when it was locked. */
  record Content(List<Integer> addressSpaces, List<Mapping> mappings) {}

  private final List<Integer> addressSpaces = new ArrayList<>();
  private final List<Mapping> mappings = new ArrayList<>();
  private boolean locked;

  synchronized void addAddressSpace(int id) {
    checkUnlocked();
    addressSpaces.add(id);
  }

  synchronized void add(Mapping mapping) {
    checkUnlocked();
    mappings.add(mapping);
  }

  /** Forbids changes and returns what stands there. */
  synchronized Content lock() {
    checkUnlocked();
    locked = true;
    return new Content(List.copyOf(addressSpaces), List.copyOf(mappings));
  }

  synchronized void unlock() {
    locked = false;
  }

  private void checkUnlocked() {
    if (locked) {
      throw new IllegalStateException("the iommufd of this ledger is preserved");
    }
  }
}
