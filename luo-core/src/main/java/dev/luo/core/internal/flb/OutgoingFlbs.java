// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.flb;

import dev.luo.core.Options;
import dev.luo.core.internal.descriptor.CarriedDescriptors;
import dev.luo.core.internal.memory.OutgoingMemory;
import dev.luo.core.internal.registry.CleanUp;
import dev.luo.core.internal.registry.HandlerRegistry;
import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.LinuxException;
import dev.luo.spi.Compatible;
import dev.luo.spi.Crossing;
import dev.luo.spi.Deadline;
import dev.luo.spi.FileLifecycleBound;
import dev.luo.spi.FlbOutgoing;
import dev.luo.spi.HandlerException;
import dev.luo.spi.HandoverMemory;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;
import dev.luo.spi.Slot;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Counts and preserves FLBs in the predecessor. Thread-safe. */
@Singleton
public final class OutgoingFlbs {

  private final HandlerRegistry registry;
  private final OutgoingMemory memory;
  private final CarriedDescriptors carried;
  private final Options options;
  private final IdentityHashMap<FileLifecycleBound<?>, OutgoingFlb<?>> inUse =
      new IdentityHashMap<>();

  @Inject
  OutgoingFlbs(
      HandlerRegistry registry,
      OutgoingMemory memory,
      CarriedDescriptors carried,
      Options options) {
    this.registry = registry;
    this.memory = memory;
    this.carried = carried;
    this.options = options;
  }

  /** Counts a file's FLBs, all or none. */
  public synchronized void acquire(List<FileLifecycleBound<?>> dependencies, Object file)
      throws LuoException {
    List<FileLifecycleBound<?>> acquired = new ArrayList<>(dependencies.size());
    boolean complete = false;
    try {
      for (FileLifecycleBound<?> flb : dependencies) {
        acquire(flb, file);
        acquired.add(flb);
      }
      complete = true;
    } finally {
      if (!complete) {
        release(acquired, file);
      }
    }
  }

  private <T> void acquire(FileLifecycleBound<T> flb, Object file) throws LuoException {
    OutgoingFlb<?> present = inUse.get(flb);
    if (present != null) {
      present.count++;
      return;
    }
    OutgoingFlb<T> state = new OutgoingFlb<>(flb, memory);
    boolean preserved = false;
    try (Call call = new Call(state, true)) {
      state.shared(flb.preserve(call));
      inUse.put(flb, state);
      preserved = true;
    } catch (LuoException e) {
      throw failure(flb, file, e.errno(), e.recovery(), e);
    } catch (LinuxException e) {
      throw failure(flb, file, e.errno(), Recovery.ABORT_UPDATE, e);
    } catch (IOException | RuntimeException | Error e) {
      throw failure(flb, file, Errno.EIO, Recovery.ABORT_UPDATE, e);
    } finally {
      if (!preserved) {
        releaseBelongings(state);
      }
    }
  }

  /** Counts a file's FLBs down, in reverse; whoever reaches zero is unpreserved (LUO-FLB-16). */
  public synchronized void release(List<FileLifecycleBound<?>> dependencies, Object file) {
    for (FileLifecycleBound<?> flb : dependencies.reversed()) {
      OutgoingFlb<?> state = inUse.get(flb);
      if (state == null) {
        throw new IllegalStateException("not in use: " + flb.compatible());
      }
      if (--state.count == 0) {
        inUse.remove(flb);
        unpreserve(state, file);
      }
    }
  }

  private <T> void unpreserve(OutgoingFlb<T> state, Object file) {
    try (Call call = new Call(state, false)) {
      CleanUp.run(
          state.flb.compatible() + ", after " + file,
          "unpreserve",
          () -> state.flb.unpreserve(call, state.shared()));
    }
    releaseBelongings(state);
  }

  private void releaseBelongings(OutgoingFlb<?> state) {
    carried.drop(state.slots);
    state.memory.release();
  }

  /** Returns the live object of an FLB that some file stands on. */
  public synchronized <T> T live(FileLifecycleBound<T> flb) {
    @SuppressWarnings("unchecked") // put there by acquire(flb), under the FLB itself
    OutgoingFlb<T> state = (OutgoingFlb<T>) inUse.get(flb);
    if (state == null) {
      throw new IllegalStateException("not in use: " + flb.compatible());
    }
    return state.shared().live();
  }

  /** Lists what crosses, in the order of registration (LUO-FLB-20). */
  public synchronized List<OutgoingFlb<?>> inUse() {
    List<OutgoingFlb<?>> list = new ArrayList<>(inUse.size());
    for (FileLifecycleBound<?> flb : registry.flbs()) {
      OutgoingFlb<?> state = inUse.get(flb);
      if (state != null) {
        list.add(state);
      }
    }
    return list;
  }

  private static HandlerException failure(
      FileLifecycleBound<?> flb, Object file, Errno errno, Recovery recovery, Throwable cause) {
    return new HandlerException(
        "shared state %s cannot be preserved for %s [%s]: %s"
            .formatted(flb.compatible(), file, errno.name(), cause.getMessage()),
        errno,
        recovery,
        cause);
  }

  /** The context of one call to an FLB. */
  private final class Call implements FlbOutgoing, AutoCloseable {

    private final OutgoingFlb<?> state;
    private final boolean mayTake;
    private final Deadline deadline = Deadline.after(options.callDeadline());
    private boolean over;

    Call(OutgoingFlb<?> state, boolean mayTake) {
      this.state = state;
      this.mayTake = mayTake;
    }

    private void check() {
      if (over) {
        throw new IllegalStateException("a context is valid during its call only");
      }
    }

    @Override
    public Compatible compatible() {
      return state.flb.compatible();
    }

    @Override
    public HandoverMemory memory() {
      check();
      return state.memory;
    }

    @Override
    public Deadline deadline() {
      return deadline;
    }

    @Override
    public Set<Crossing> crossings() {
      return options.crossings();
    }

    @Override
    public Slot carry(Fd fd) throws LuoException {
      check();
      if (!mayTake) {
        throw new IllegalStateException("nothing new is taken while a step is undone");
      }
      Slot slot = carried.carry(fd, state);
      state.slots.add(slot);
      return slot;
    }

    @Override
    public void close() {
      over = true;
    }
  }
}
