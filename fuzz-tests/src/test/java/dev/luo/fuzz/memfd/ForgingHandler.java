// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.fuzz.memfd;

import dev.luo.handler.memfd.MemfdHandler;
import dev.luo.linux.Fd;
import dev.luo.spi.Compatible;
import dev.luo.spi.FileHandler;
import dev.luo.spi.FinishContext;
import dev.luo.spi.FreezeContext;
import dev.luo.spi.Handle;
import dev.luo.spi.IdentityScope;
import dev.luo.spi.IncomingContext;
import dev.luo.spi.LuoException;
import dev.luo.spi.OutgoingContext;
import dev.luo.spi.Preserved;
import dev.luo.spi.PreservedContext;
import dev.luo.spi.Restored;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The memfd handler of a predecessor that leaves another record behind than it should. */
final class ForgingHandler implements FileHandler<@Nullable Void> {

  private final MemfdHandler honest = new MemfdHandler();
  private final UnaryOperator<byte[]> forgery;

  /** Makes a handler that hands on what the forgery makes of the record. */
  ForgingHandler(UnaryOperator<byte[]> forgery) {
    this.forgery = forgery;
  }

  @Override
  public Compatible compatible() {
    return honest.compatible();
  }

  @Override
  public IdentityScope identityScope() {
    return honest.identityScope();
  }

  @Override
  public boolean canPreserve(Fd file) {
    return honest.canPreserve(file);
  }

  @Override
  public Preserved<@Nullable Void> preserve(OutgoingContext context)
      throws LuoException, IOException {
    return honest.preserve(context);
  }

  @Override
  public void unpreserve(PreservedContext<@Nullable Void> context) {
    honest.unpreserve(context);
  }

  @Override
  public Handle freeze(FreezeContext<@Nullable Void> context) throws LuoException, IOException {
    Handle handle = honest.freeze(context);
    byte[] record = context.memory().map(handle).toArray(ValueLayout.JAVA_BYTE);
    byte[] forged = forgery.apply(record);
    Handle other = context.memory().allocate(forged.length);
    MemorySegment.copy(
        forged, 0, context.memory().map(other), ValueLayout.JAVA_BYTE, 0, forged.length);
    return other;
  }

  @Override
  public Restored retrieve(IncomingContext context) {
    throw new UnsupportedOperationException("a predecessor retrieves nothing here");
  }

  @Override
  public void finish(FinishContext context) {
    throw new UnsupportedOperationException("a predecessor retrieves nothing here");
  }
}
