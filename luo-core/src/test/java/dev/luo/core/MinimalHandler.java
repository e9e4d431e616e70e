// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Fd;
import dev.luo.linux.FdKind;
import dev.luo.linux.LinuxException;
import dev.luo.spi.Compatible;
import dev.luo.spi.FileHandler;
import dev.luo.spi.FinishContext;
import dev.luo.spi.Handle;
import dev.luo.spi.IncomingContext;
import dev.luo.spi.LuoException;
import dev.luo.spi.OutgoingContext;
import dev.luo.spi.Preserved;
import dev.luo.spi.PreservedContext;
import dev.luo.spi.Restored;
import dev.luo.spi.Slot;
import org.jspecify.annotations.Nullable;

/** A handler for memfds that has what is required and nothing else; the handle is the slot. */
final class MinimalHandler implements FileHandler<@Nullable Void> {

  @Override
  public Compatible compatible() {
    return Compatible.of("minimal-memfd-v1");
  }

  @Override
  public boolean canPreserve(Fd file) {
    try {
      return file.kind() == FdKind.MEMFD;
    } catch (LinuxException e) {
      return false;
    }
  }

  @Override
  public Preserved<@Nullable Void> preserve(OutgoingContext context) throws LuoException {
    return Preserved.of(Handle.of(context.carry(context.file()).number()));
  }

  @Override
  public void unpreserve(PreservedContext<@Nullable Void> context) {}

  @Override
  public Restored retrieve(IncomingContext context) throws LuoException {
    return Restored.live(context.borrow(Slot.fromRecord((int) context.handle().value())));
  }

  @Override
  public void finish(FinishContext context) {}
}
