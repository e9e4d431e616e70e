// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.flb;

import dev.luo.core.internal.image.FlbEntry;
import dev.luo.core.internal.image.Owner;
import dev.luo.spi.FileLifecycleBound.Shared;
import dev.luo.spi.LuoException;
import org.jspecify.annotations.Nullable;

/** One FLB that was handed over. State only; guarded by {@link IncomingFlbs}. */
final class IncomingFlb {

  final FlbEntry entry;
  final Owner.OfFlb owner;

  /** Files that are not finished, and references; what the predecessor's were is among them. */
  long count;

  /** References of this process alone. */
  long references;

  @Nullable Shared<?> shared;

  /** Remembered for ever (LUO-FLB-26). */
  @Nullable LuoException failure;

  boolean finished;

  IncomingFlb(FlbEntry entry, Owner.OfFlb owner, long count) {
    this.entry = entry;
    this.owner = owner;
    this.count = count;
  }

  /** Answers whether somebody may still have it finished. */
  boolean isUnfinished() {
    return !finished && failure == null;
  }
}
