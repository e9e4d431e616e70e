// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover;

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
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Hands over descriptors of one kind as they are; the record is the slot. */
final class DescriptorHandler implements FileHandler<@Nullable Void> {
  private final FdKind kind;
  private final Runnable whenPreserving;

  DescriptorHandler(FdKind kind) {
    this(kind, () -> {});
  }

  /** Runs something in each {@link #preserve}. */
  DescriptorHandler(FdKind kind, Runnable whenPreserving) {
    this.kind = kind;
    this.whenPreserving = whenPreserving;
  }

  @Override
  public Compatible compatible() {
    return Compatible.of(kind.name().toLowerCase(Locale.ROOT) + "-test-v1");
  }

  @Override
  public boolean canPreserve(Fd file) {
    try {
      return file.kind() == kind;
    } catch (LinuxException notOpen) {
      return false;
    }
  }

  @Override
  public Preserved<@Nullable Void> preserve(OutgoingContext context) throws LuoException {
    whenPreserving.run();
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
