// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.flb;

import dev.luo.core.HandlerFailedException.Step;
import dev.luo.core.NoSharedStateException;
import dev.luo.core.Options;
import dev.luo.core.internal.callback.CallTime;
import dev.luo.core.internal.callback.Callbacks;
import dev.luo.core.internal.callback.FileName;
import dev.luo.core.internal.descriptor.CarriedDescriptors;
import dev.luo.core.internal.memory.OutgoingMemory;
import dev.luo.core.internal.registry.HandlerRegistry;
import dev.luo.spi.Deadline;
import dev.luo.spi.FileLifecycleBound;
import dev.luo.spi.LuoException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts and preserves FLBs in the predecessor. Thread-safe. */
@Singleton
public final class OutgoingFlbs {

  private final Callbacks callbacks;
  private final HandlerRegistry registry;
  private final OutgoingMemory memory;
  private final CarriedDescriptors carried;
  private final Options options;
  private final IdentityHashMap<FileLifecycleBound<?>, OutgoingFlb<?>> inUse =
      new IdentityHashMap<>();

  @Inject
  OutgoingFlbs(
      Callbacks callbacks,
      HandlerRegistry registry,
      OutgoingMemory memory,
      CarriedDescriptors carried,
      Options options) {
    this.callbacks = callbacks;
    this.registry = registry;
    this.memory = memory;
    this.carried = carried;
    this.options = options;
  }

  /** Counts a file's FLBs, all or none. */
  public synchronized void acquire(List<FileLifecycleBound<?>> dependencies, FileName file)
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

  private <T> void acquire(FileLifecycleBound<T> flb, FileName file) throws LuoException {
    OutgoingFlb<?> present = inUse.get(flb);
    if (present != null) {
      present.count++;
      return;
    }
    OutgoingFlb<T> state = new OutgoingFlb<>(flb, memory, options.limits(flb.compatible()));
    boolean preserved = false;
    try (OutgoingFlbCall call = call(state, true)) {
      state.shared(
          callbacks.attempt(
              state.subject(Optional.of(file)),
              Step.PRESERVE,
              call,
              () -> Objects.requireNonNull(flb.preserve(call), "shared")));
      inUse.put(flb, state);
      preserved = true;
    } finally {
      if (!preserved) {
        releaseBelongings(state);
      }
    }
  }

  /** Counts a file's FLBs down, in reverse; whoever reaches zero is unpreserved (LUO-FLB-16). */
  public synchronized void release(List<FileLifecycleBound<?>> dependencies, FileName file) {
    for (FileLifecycleBound<?> flb : dependencies.reversed()) {
      countDown(require(flb), Optional.of(file));
    }
  }

  private void countDown(OutgoingFlb<?> state, Optional<FileName> file) {
    if (--state.count == 0) {
      inUse.remove(state.flb);
      unpreserve(state, file);
    }
  }

  /**
   * Counts a reference beside the files (LUO-FLB-19).
   *
   * @throws NoSharedStateException if no file stands on the FLB (LUO-FLB-18)
   */
  public synchronized <T> OutgoingFlb<T> refer(FileLifecycleBound<T> flb)
      throws NoSharedStateException {
    OutgoingFlb<T> state = find(flb);
    if (state == null) {
      throw NoSharedStateException.notPreserved(flb.compatible());
    }
    state.count++;
    state.references++;
    return state;
  }

  /** Counts a reference down; whoever reaches zero is unpreserved. */
  public synchronized void giveBack(OutgoingFlb<?> state) {
    if (state.references > 0) {
      state.references--;
      countDown(state, Optional.empty());
    }
  }

  /** Ends all references, and unpreserves what nothing else holds. */
  public synchronized void close() {
    for (OutgoingFlb<?> state : new ArrayList<>(inUse.values())) {
      state.count -= state.references;
      state.references = 0;
      if (state.count == 0) {
        inUse.remove(state.flb);
        unpreserve(state, Optional.empty());
      }
    }
  }

  private <T> void unpreserve(OutgoingFlb<T> state, Optional<FileName> file) {
    try (OutgoingFlbCall call = call(state, false)) {
      callbacks.run(
          state.subject(file),
          Step.UNPRESERVE,
          call,
          () -> state.flb.unpreserve(call, state.shared()));
    }
    releaseBelongings(state);
  }

  private void releaseBelongings(OutgoingFlb<?> state) {
    carried.drop(state.slots);
    state.memory.release();
  }

  /** Counts out a file that has no part in the next update. */
  public synchronized void stayBehind(List<FileLifecycleBound<?>> dependencies) {
    dependencies.forEach(flb -> require(flb).stayingBehind++);
  }

  /** Undoes {@link #stayBehind}. */
  public synchronized void takeAlong(List<FileLifecycleBound<?>> dependencies) {
    dependencies.forEach(flb -> require(flb).stayingBehind--);
  }

  private OutgoingFlb<?> require(FileLifecycleBound<?> flb) {
    OutgoingFlb<?> state = inUse.get(flb);
    if (state == null) {
      throw new IllegalStateException("not in use: " + flb.compatible());
    }
    return state;
  }

  /** Returns the live object of an FLB that some file stands on. */
  public synchronized <T> T live(FileLifecycleBound<T> flb) {
    OutgoingFlb<T> state = find(flb);
    if (state == null) {
      throw new IllegalStateException("not in use: " + flb.compatible());
    }
    return state.live();
  }

  @SuppressWarnings("unchecked") // put there by acquire(flb), under the FLB itself
  private <T> @Nullable OutgoingFlb<T> find(FileLifecycleBound<T> flb) {
    return (OutgoingFlb<T>) inUse.get(flb);
  }

  /** Lists what crosses, in the order of registration (LUO-FLB-20). */
  public synchronized List<OutgoingFlb<?>> crossing() {
    List<OutgoingFlb<?>> list = new ArrayList<>(inUse.size());
    for (FileLifecycleBound<?> flb : registry.flbs()) {
      OutgoingFlb<?> state = inUse.get(flb);
      if (state != null && state.count() > 0) {
        list.add(state);
      }
    }
    return list;
  }

  private OutgoingFlbCall call(OutgoingFlb<?> state, boolean mayTake) {
    return new OutgoingFlbCall(
        state,
        carried,
        options.crossings(),
        mayTake,
        Deadline.after(CallTime.limit(options, state.flb.compatible())));
  }
}
