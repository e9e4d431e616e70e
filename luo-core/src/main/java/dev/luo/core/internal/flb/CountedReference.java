// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.flb;

import dev.luo.core.FlbReference;
import java.util.concurrent.atomic.AtomicBoolean;

/** A reference that is given back once. */
public final class CountedReference<T> implements FlbReference<T> {

  private final T live;
  private final Runnable giveBack;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Takes over a count, and says how to give it back. */
  public CountedReference(T live, Runnable giveBack) {
    this.live = live;
    this.giveBack = giveBack;
  }

  @Override
  public T live() {
    if (closed.get()) {
      throw new IllegalStateException("the reference was given back");
    }
    return live;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      giveBack.run();
    }
  }
}
