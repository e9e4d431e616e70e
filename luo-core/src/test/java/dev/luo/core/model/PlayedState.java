// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.model;

import dev.luo.linux.Errno;
import dev.luo.spi.Compatible;
import dev.luo.spi.FileLifecycleBound;
import dev.luo.spi.FlbIncoming;
import dev.luo.spi.FlbOutgoing;
import dev.luo.spi.Handle;
import dev.luo.spi.HandlerException;
import dev.luo.spi.LuoException;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/** A shared state that does what a journal says. Its record and its live object are its handle. */
final class PlayedState implements FileLifecycleBound<Long> {

  private final SharedKind kind;
  private final Compatible compatible;
  private final Journal journal;

  PlayedState(SharedKind kind, Journal journal) {
    this.kind = kind;
    this.compatible = Compatible.of(kind.compatible);
    this.journal = journal;
  }

  private void call(Callback callback, String operation, long handle) throws LuoException {
    Optional<Fault> fault = journal.called(callback, Text.shared(kind, operation, handle));
    if (fault.isPresent()) {
      throw failure(fault.get());
    }
  }

  /** Returns what a callback that may fail fails with. */
  static LuoException failure(Fault fault) {
    if (fault.bug()) {
      throw new IllegalStateException("told to");
    }
    return new HandlerException("told to", Errno.EXDEV);
  }

  @Override
  public Compatible compatible() {
    return compatible;
  }

  @Override
  public Shared<Long> preserve(FlbOutgoing context) throws LuoException {
    Handle handle = context.memory().allocate(Long.BYTES);
    long number = journal.newHandle();
    context.memory().map(handle).set(ValueLayout.JAVA_LONG, 0, number);
    call(Callback.SHARED_PRESERVE, "preserve", number);
    return new Shared<>(handle, number);
  }

  @Override
  public void unpreserve(FlbOutgoing context, Shared<Long> shared) {
    long number = context.memory().map(shared.handle()).get(ValueLayout.JAVA_LONG, 0);
    quietly(Callback.SHARED_UNPRESERVE, "unpreserve", number);
  }

  @Override
  public Long retrieve(FlbIncoming context) throws LuoException {
    long number = context.memory().map(context.handle()).get(ValueLayout.JAVA_LONG, 0);
    call(Callback.SHARED_RETRIEVE, "retrieve", number);
    return number;
  }

  @Override
  public void finish(FlbIncoming context, Shared<Long> shared) {
    quietly(Callback.SHARED_FINISH, "finish", shared.live());
  }

  private void quietly(Callback callback, String operation, long number) {
    if (journal.called(callback, Text.shared(kind, operation, number)).isPresent()) {
      throw new IllegalStateException("told to");
    }
  }
}
