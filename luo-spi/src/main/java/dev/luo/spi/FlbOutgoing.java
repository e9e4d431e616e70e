// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

import dev.luo.linux.Fd;
import java.util.Set;

/** What an FLB sees in the predecessor. Implemented by luo, valid during the call. */
public interface FlbOutgoing {

  /** Returns the format that is to be written. */
  Compatible compatible();

  /**
   * Returns the memory that crosses; what is allocated here belongs to the FLB. Unlike the rest of
   * this context it may be kept, until {@code unpreserve} returns, so that the shared record can
   * grow behind a fixed handle.
   */
  HandoverMemory memory();

  /** Returns when luo stops waiting for this call. */
  Deadline deadline();

  /** Returns the crossings that this luo was opened for. */
  Set<Crossing> crossings();

  /**
   * Makes a descriptor cross with the FLB, as {@link OutgoingContext#carry} does with a file.
   *
   * @throws CannotCarryException if a declared crossing cannot take it
   */
  Slot carry(Fd fd) throws LuoException;
}
