// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.spi.Boundary;
import dev.luo.spi.Origin;
import java.util.List;

/** What a predecessor handed over, as a whole. Thread-safe. */
public interface IncomingImage {

  /** Returns how many updates led here: 1 after the first (LUO-SER-22). */
  long generation();

  /** Returns how the predecessor ended. */
  Origin origin();

  /** Returns what was replaced. */
  Boundary boundary();

  /** Lists the sessions that are not finished, in the order of their creation (LUO-SER-20). */
  List<String> sessions();
}
