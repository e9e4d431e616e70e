// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Errno;
import dev.luo.spi.Compatible;
import dev.luo.spi.FileLifecycleBound;
import dev.luo.spi.FileLifecycleBound.Shared;
import dev.luo.spi.FlbIncoming;
import dev.luo.spi.FlbOutgoing;
import dev.luo.spi.Handle;
import dev.luo.spi.HandlerException;
import dev.luo.spi.HandoverMemory;
import dev.luo.spi.LuoException;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shared state, a number, that writes down what it is asked to do and fails where it is told to.
 */
final class CountedState implements FileLifecycleBound<Long> {

  private final Compatible compatible;
  private final long number;
  private final List<String> calls;
  String failing = "";

  /** What preserve answered, or what retrieve was given. */
  Handle handle = Handle.NONE;

  @Nullable HandoverMemory memory;

  /** Something that a test wants done inside a call. */
  Runnable whenUnpreserving = () -> {};

  Runnable whenFinishing = () -> {};

  CountedState(String compatible, long number, List<String> calls) {
    this.compatible = Compatible.of(compatible);
    this.number = number;
    this.calls = calls;
  }

  private void call(String operation) throws HandlerException {
    calls.add(operation + " " + compatible);
    if (failing.equals(operation)) {
      throw new HandlerException("told to", Errno.EXDEV);
    }
  }

  @Override
  public Compatible compatible() {
    return compatible;
  }

  @Override
  public Shared<Long> preserve(FlbOutgoing context) throws LuoException {
    handle = context.memory().allocate(Long.BYTES);
    memory = context.memory();
    context.memory().map(handle).set(ValueLayout.JAVA_LONG, 0, number);
    call("preserve");
    return new Shared<>(handle, number);
  }

  @Override
  public void unpreserve(FlbOutgoing context, Shared<Long> shared) {
    if (!shared.handle().equals(handle)) {
      throw new AssertionError("somebody else's handle: " + shared.handle());
    }
    calls.add("unpreserve " + compatible + " " + shared.live());
    whenUnpreserving.run();
  }

  @Override
  public Long retrieve(FlbIncoming context) throws LuoException {
    handle = context.handle();
    call("retrieve");
    return context.memory().map(context.handle()).get(ValueLayout.JAVA_LONG, 0);
  }

  @Override
  public void finish(FlbIncoming context, Shared<Long> shared) {
    calls.add("finish " + compatible + " " + shared.live());
    whenFinishing.run();
    if (failing.equals("finish")) {
      throw new AssertionError("told to");
    }
  }
}
