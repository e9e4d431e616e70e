// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.fuzz.image;

import dev.luo.linux.Fd;
import dev.luo.spi.Compatible;
import dev.luo.spi.FileHandler;
import dev.luo.spi.FileLifecycleBound;
import dev.luo.spi.FinishContext;
import dev.luo.spi.FlbIncoming;
import dev.luo.spi.FlbOutgoing;
import dev.luo.spi.IncomingContext;
import dev.luo.spi.LuoException;
import dev.luo.spi.OutgoingContext;
import dev.luo.spi.Preserved;
import dev.luo.spi.PreservedContext;
import dev.luo.spi.Restored;
import dev.luo.spi.RestoredContext;
import dev.luo.spi.Slot;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The successor's handler of {@link BaseImages}: reads its record, whose first byte is a slot,
 * takes what is in the slot, and counts its calls. Its FLB reads its own record.
 */
public final class RecordingHandler implements FileHandler<@Nullable Void> {

  private final SharedRecord shared = new SharedRecord();
  private int calls;

  /** Returns how often it, or its FLB, was called for something that arrived. */
  public int calls() {
    return calls;
  }

  @Override
  public Compatible compatible() {
    return BaseImages.FILE;
  }

  @Override
  public List<FileLifecycleBound<?>> dependencies() {
    return List.of(shared);
  }

  @Override
  public boolean canPreserve(Fd file) {
    return false;
  }

  @Override
  public Preserved<@Nullable Void> preserve(OutgoingContext context) {
    throw new UnsupportedOperationException("a successor preserves nothing here");
  }

  @Override
  public void unpreserve(PreservedContext<@Nullable Void> context) {}

  @Override
  public Restored retrieve(IncomingContext context) throws LuoException {
    calls++;
    byte slot = context.memory().map(context.handle()).get(ValueLayout.JAVA_BYTE, 0);
    return Restored.live(context.borrow(Slot.fromRecord(slot)));
  }

  @Override
  public void verify(RestoredContext context) throws LuoException {
    calls++;
    var _ = context.memory().map(context.handle());
  }

  @Override
  public void finish(FinishContext context) {
    calls++;
  }

  private final class SharedRecord implements FileLifecycleBound<Byte> {

    @Override
    public Compatible compatible() {
      return BaseImages.FLB;
    }

    @Override
    public Shared<Byte> preserve(FlbOutgoing context) {
      throw new UnsupportedOperationException("a successor preserves nothing here");
    }

    @Override
    public void unpreserve(FlbOutgoing context, Shared<Byte> live) {}

    @Override
    public Byte retrieve(FlbIncoming context) throws LuoException {
      calls++;
      return context.memory().map(context.handle()).get(ValueLayout.JAVA_BYTE, 0);
    }

    @Override
    public void finish(FlbIncoming context, Shared<Byte> live) {
      calls++;
    }
  }
}
