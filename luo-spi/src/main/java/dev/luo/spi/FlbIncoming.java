// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

import dev.luo.linux.Fd;

/** What an FLB sees in the successor. Implemented by luo, valid during the call. */
public interface FlbIncoming {

  /** Returns the format of the record. */
  Compatible compatible();

  /** Returns the handle as the predecessor left it. */
  Handle handle();

  /** Returns the memory that crossed, read-only. */
  IncomingMemory memory();

  /** Returns when luo stops waiting for this call. */
  Deadline deadline();

  /** Returns how the predecessor ended. */
  Origin origin();

  /** Returns what was replaced between the predecessor and this process. */
  Boundary boundary();

  /**
   * Lends a descriptor that was carried with the FLB.
   *
   * @throws CorruptRecordException if it carried no such slot
   */
  Fd borrow(Slot slot) throws LuoException;
}
