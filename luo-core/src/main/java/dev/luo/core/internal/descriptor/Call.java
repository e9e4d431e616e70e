// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.descriptor;

import dev.luo.linux.Fd;
import dev.luo.spi.Deadline;
import java.util.ArrayList;
import java.util.List;

/**
 * A context for the length of one call: afterwards it answers nobody, and what it lent has ended.
 * Thread-safe, as a handler may let others work for it while it is called.
 */
public abstract class Call implements AutoCloseable {

  private final Deadline deadline;
  private final List<Fd> lent = new ArrayList<>(1);
  private volatile boolean over;

  /** Begins it. */
  protected Call(Deadline deadline) {
    this.deadline = deadline;
  }

  /** Returns by when the call is to be answered. */
  public final Deadline deadline() {
    return deadline;
  }

  /** Refuses whoever uses the context after its call. */
  protected final void check() {
    if (over) {
      throw new IllegalStateException("a context is valid during its call only");
    }
  }

  /** Lends a descriptor until the call ends. */
  protected final Fd lend(Fd fd) {
    synchronized (lent) {
      check();
      Fd view = fd.lend();
      lent.add(view);
      return view;
    }
  }

  /**
   * Answers nobody any more, and leaves what was lent as it is: nobody waits for the call, which
   * may still be using it.
   */
  public final void revoke() {
    over = true;
  }

  @Override
  public final void close() {
    synchronized (lent) {
      over = true;
      lent.forEach(Fd::close);
    }
  }
}
