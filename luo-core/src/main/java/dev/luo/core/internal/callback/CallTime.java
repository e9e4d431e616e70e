// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.callback;

import dev.luo.core.Options;
import dev.luo.spi.Compatible;
import java.time.Duration;

/** How long a call outside the freeze may take. */
public final class CallTime {

  private CallTime() {}

  /** Returns what was said of that handler or shared state, or else of all. */
  public static Duration limit(Options options, Compatible compatible) {
    return options.limits(compatible).callDeadline().orElse(options.callDeadline());
  }
}
