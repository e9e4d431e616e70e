// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.file;

import dev.luo.linux.Fd;
import dev.luo.spi.Deadline;
import java.util.ArrayList;
import java.util.List;

/**
 * A context for the length of one call: afterwards it answers nobody, and what it lent has ended.
 */
abstract class Call implements AutoCloseable {

  private final Deadline deadline;
  private final List<Fd> lent = new ArrayList<>(1);
  private volatile boolean over;

  Call(Deadline deadline) {
    this.deadline = deadline;
  }

  public final Deadline deadline() {
    return deadline;
  }

  final void check() {
    if (over) {
      throw new IllegalStateException("a context is valid during its call only");
    }
  }

  /** Lends a descriptor until the call ends. */
  final Fd lend(Fd fd) {
    check();
    Fd view = fd.lend();
    lent.add(view);
    return view;
  }

  @Override
  public final void close() {
    over = true;
    lent.forEach(Fd::close);
  }
}
