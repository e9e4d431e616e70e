// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.benchmarks;

import dev.luo.linux.EventFd;
import dev.luo.linux.Fd;
import dev.luo.linux.LinuxException;
import dev.luo.spi.Compatible;
import dev.luo.spi.FileHandler;
import dev.luo.spi.FinishContext;
import dev.luo.spi.Handle;
import dev.luo.spi.IncomingContext;
import dev.luo.spi.Integrity;
import dev.luo.spi.LuoException;
import dev.luo.spi.OutgoingContext;
import dev.luo.spi.Preserved;
import dev.luo.spi.PreservedContext;
import dev.luo.spi.Restored;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A handler that takes every file and costs next to nothing, so that what is measured is luo. */
final class CheapHandler implements FileHandler<@Nullable Void> {

  /** What it asks luo for. */
  enum Belonging {
    /** A record in handover memory. */
    RECORD,
    /** A slot for the descriptor. */
    SLOT
  }

  private static final int RECORD_SIZE = 64;

  private final Set<Belonging> belongings;

  CheapHandler(Set<Belonging> belongings) {
    this.belongings = belongings;
  }

  @Override
  public Compatible compatible() {
    return Compatible.of("benchmark-v1");
  }

  @Override
  public boolean canPreserve(Fd file) {
    return true;
  }

  @Override
  public Preserved<@Nullable Void> preserve(OutgoingContext context) throws LuoException {
    if (belongings.contains(Belonging.SLOT)) {
      var _ = context.carry(context.file());
    }
    return Preserved.of(
        belongings.contains(Belonging.RECORD)
            ? context.memory().allocate(RECORD_SIZE, Integrity.CHECKED)
            : Handle.NONE);
  }

  @Override
  public void unpreserve(PreservedContext<@Nullable Void> context) {}

  @Override
  public Restored retrieve(IncomingContext context) throws LinuxException {
    return Restored.live(EventFd.create(0));
  }

  @Override
  public void finish(FinishContext context) {}
}
