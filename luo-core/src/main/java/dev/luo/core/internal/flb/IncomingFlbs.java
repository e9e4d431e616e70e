// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.flb;

import dev.luo.core.HandlerFailedException.Step;
import dev.luo.core.Options;
import dev.luo.core.internal.callback.Callbacks;
import dev.luo.core.internal.callback.FileName;
import dev.luo.core.internal.descriptor.ArrivedDescriptors;
import dev.luo.core.internal.image.ExtentEntry;
import dev.luo.core.internal.image.FlbEntry;
import dev.luo.core.internal.image.Image;
import dev.luo.core.internal.image.Owner;
import dev.luo.linux.Errno;
import dev.luo.spi.Boundary;
import dev.luo.spi.Compatible;
import dev.luo.spi.FileLifecycleBound;
import dev.luo.spi.FileLifecycleBound.Shared;
import dev.luo.spi.HandlerException;
import dev.luo.spi.LuoException;
import dev.luo.spi.Origin;
import dev.luo.spi.Recovery;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The FLBs that were handed over. Thread-safe. */
public final class IncomingFlbs {

  private static final Logger LOG = System.getLogger("dev.luo.core");

  /** What a call to an FLB may reach. */
  public record Surroundings(
      Image image,
      ArrivedDescriptors descriptors,
      Origin origin,
      Boundary boundary,
      Options options) {}

  private static final class State {
    final FlbEntry entry;
    final Owner.OfFlb owner;
    long count;
    @Nullable Shared<?> shared;
    @Nullable LuoException failure;
    boolean finished;

    State(FlbEntry entry, Owner.OfFlb owner) {
      this.entry = entry;
      this.owner = owner;
      this.count = entry.count();
    }
  }

  private final Callbacks callbacks;
  private final Map<Compatible, State> states = new HashMap<>();
  private final Surroundings surroundings;

  /** Takes over what the image lists, with its counts. */
  public IncomingFlbs(Callbacks callbacks, List<FlbEntry> entries, Surroundings surroundings) {
    this.callbacks = callbacks;
    this.surroundings = surroundings;
    for (int i = 0; i < entries.size(); i++) {
      states.put(entries.get(i).compatible(), new State(entries.get(i), new Owner.OfFlb(i)));
    }
  }

  private Optional<State> state(FileLifecycleBound<?> flb) {
    for (Compatible accepted : flb.accepts()) {
      State state = states.get(accepted);
      if (state != null) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }

  /**
   * Returns the live object, retrieving it at the first request (LUO-FLB-25).
   *
   * @throws LuoException ENOENT if it did not cross (LUO-FLB-24), ENODATA if it is finished
   *     (LUO-FLB-30), or its own failure, every time the same (LUO-FLB-26)
   */
  public synchronized <T> T live(FileLifecycleBound<T> flb, FileName file) throws LuoException {
    State state =
        state(flb)
            .orElseThrow(() ->
                new HandlerException(
                    "shared state " + flb.compatible() + " was not handed over",
                    Errno.ENOENT,
                    Recovery.START_COLD));
    if (state.finished) {
      throw new HandlerException(
          "shared state " + flb.compatible() + " is finished", Errno.ENODATA);
    }
    return retrieved(flb, state, file).live();
  }

  /** Returns the live object if somebody retrieved it with success. */
  public synchronized <T> Optional<T> ifRetrieved(FileLifecycleBound<T> flb) {
    return state(flb).map(state -> IncomingFlbs.<T>shared(state)).map(Shared::live);
  }

  @SuppressWarnings("unchecked") // put there by retrieved(flb, state), under the FLB itself
  private static <T> @Nullable Shared<T> shared(State state) {
    return (Shared<T>) state.shared;
  }

  private <T> Shared<T> retrieved(FileLifecycleBound<T> flb, State state, FileName file)
      throws LuoException {
    Shared<T> present = shared(state);
    if (present != null) {
      return present;
    }
    if (state.failure != null) {
      throw state.failure;
    }
    try (IncomingFlbCall call = call(flb, state)) {
      Shared<T> shared =
          callbacks.attempt(
              subject(state, file),
              Step.RETRIEVE,
              call,
              () -> new Shared<>(state.entry.handle(), flb.retrieve(call)));
      state.shared = shared;
      return shared;
    } catch (HandlerException e) {
      state.failure = e;
      throw e;
    }
  }

  private IncomingFlbCall call(FileLifecycleBound<?> flb, State state) {
    return new IncomingFlbCall(flb, state.entry, state.owner, surroundings);
  }

  /** What came is the record behind its handle. */
  private SharedSubject subject(State state, FileName file) {
    return new SharedSubject(
        state.entry.compatible(),
        Optional.of(file),
        () ->
            surroundings
                .image()
                .extent(state.entry.handle())
                .map(ExtentEntry::byteSize)
                .orElse(0L));
  }

  /**
   * Counts a finished file's FLBs down, in reverse; whoever reaches zero is finished (LUO-FLB-28,
   * 29).
   */
  public synchronized void release(List<FileLifecycleBound<?>> dependencies, FileName file) {
    for (FileLifecycleBound<?> flb : dependencies.reversed()) {
      Optional<State> state = state(flb);
      if (state.isPresent() && --state.get().count == 0) {
        finish(flb, state.get(), file);
      }
    }
  }

  private <T> void finish(FileLifecycleBound<T> flb, State state, FileName file) {
    try {
      Shared<T> shared = retrieved(flb, state, file);
      try (IncomingFlbCall call = call(flb, state)) {
        callbacks.run(subject(state, file), Step.FINISH, call, () -> flb.finish(call, shared));
      }
    } catch (LuoException e) {
      LOG.log(Level.WARNING, "shared state is given up without finish", e);
    }
    state.finished = true;
    state.shared = null;
    surroundings.descriptors().drop(state.owner);
  }
}
