// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.flb;

import dev.luo.core.HandlerLimits;
import dev.luo.core.HandoverMemoryException;
import dev.luo.core.internal.callback.FileName;
import dev.luo.core.internal.memory.OutgoingMemory;
import dev.luo.core.internal.memory.OwnedMemory;
import dev.luo.core.internal.memory.Quota;
import dev.luo.spi.FileLifecycleBound;
import dev.luo.spi.FileLifecycleBound.Shared;
import dev.luo.spi.Handle;
import dev.luo.spi.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One FLB in use. State only; guarded by {@link OutgoingFlbs}. */
public final class OutgoingFlb<T> {

  final FileLifecycleBound<T> flb;
  final OwnedMemory memory;
  final List<Slot> slots = new ArrayList<>();

  /** Files and references (LUO-FLB-21). */
  long count = 1;

  long stayingBehind;

  /** References alone. */
  long references;

  private @Nullable Shared<T> shared;

  OutgoingFlb(FileLifecycleBound<T> flb, OutgoingMemory memory, HandlerLimits limits)
      throws HandoverMemoryException {
    this.flb = flb;
    this.memory = memory.forOwner(this, new Quota(flb.compatible(), limits));
  }

  SharedSubject subject(Optional<FileName> file) {
    return new SharedSubject(flb.compatible(), file, memory::byteSize);
  }

  Shared<T> shared() {
    if (shared == null) {
      throw new IllegalStateException("not preserved: " + flb.compatible());
    }
    return shared;
  }

  void shared(Shared<T> result) {
    shared = result;
  }

  /** Returns the FLB itself. */
  public FileLifecycleBound<T> flb() {
    return flb;
  }

  /** Returns what crosses. */
  public Handle handle() {
    return shared().handle();
  }

  /** Returns the live object. */
  public T live() {
    return shared().live();
  }

  /**
   * Returns how many of the files that stand on it cross, and references beside them (LUO-FLB-21).
   */
  public long count() {
    return count - stayingBehind;
  }
}
