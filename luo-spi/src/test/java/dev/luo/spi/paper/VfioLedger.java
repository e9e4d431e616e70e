// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi.paper;

import dev.luo.linux.Fd;
import java.util.List;

/**
 * What was done to a vfio device, kept by whoever did it: the kernel tells neither the iommufd nor
 * the eventfds. It is asked at preserve and again at freeze.
 */
interface VfioLedger {

  /** Returns the iommufd the device is bound to, preserved in the same session. */
  Fd iommufd();

  /** Returns the id of the address space it is attached to. */
  int addressSpace();

  /** Returns the interrupt index that is armed: 0 INTx, 1 MSI, 2 MSI-X. */
  int irqIndex();

  /**
   * Returns the eventfds armed on that index, from vector 0 without a gap; none if it is not armed.
   */
  List<Fd> eventFds();
}
