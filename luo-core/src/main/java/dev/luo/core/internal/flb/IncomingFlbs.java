// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.flb;

import dev.luo.core.Options;
import dev.luo.core.internal.descriptor.ArrivedDescriptors;
import dev.luo.core.internal.image.FlbEntry;
import dev.luo.core.internal.image.Image;
import dev.luo.core.internal.image.Owner;
import dev.luo.core.internal.registry.CleanUp;
import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.LinuxException;
import dev.luo.spi.Boundary;
import dev.luo.spi.Compatible;
import dev.luo.spi.CorruptRecordException;
import dev.luo.spi.Deadline;
import dev.luo.spi.FileLifecycleBound;
import dev.luo.spi.FileLifecycleBound.Shared;
import dev.luo.spi.FlbIncoming;
import dev.luo.spi.Handle;
import dev.luo.spi.HandlerException;
import dev.luo.spi.IncomingMemory;
import dev.luo.spi.LuoException;
import dev.luo.spi.Origin;
import dev.luo.spi.Recovery;
import dev.luo.spi.Slot;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
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

  private final Map<Compatible, State> states = new HashMap<>();
  private final Surroundings surroundings;

  /** Takes over what the image lists, with its counts. */
  public IncomingFlbs(List<FlbEntry> entries, Surroundings surroundings) {
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
  public synchronized <T> T live(FileLifecycleBound<T> flb) throws LuoException {
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
    return retrieved(flb, state).live();
  }

  /** Returns the live object if somebody retrieved it with success. */
  public synchronized <T> Optional<T> ifRetrieved(FileLifecycleBound<T> flb) {
    return state(flb).map(state -> IncomingFlbs.<T>shared(state)).map(Shared::live);
  }

  @SuppressWarnings("unchecked") // put there by retrieved(flb, state), under the FLB itself
  private static <T> @Nullable Shared<T> shared(State state) {
    return (Shared<T>) state.shared;
  }

  private <T> Shared<T> retrieved(FileLifecycleBound<T> flb, State state) throws LuoException {
    Shared<T> present = shared(state);
    if (present != null) {
      return present;
    }
    if (state.failure != null) {
      throw state.failure;
    }
    try (Call call = new Call(state)) {
      Shared<T> shared = new Shared<>(state.entry.handle(), flb.retrieve(call));
      state.shared = shared;
      return shared;
    } catch (LuoException e) {
      throw remember(state, e.errno(), e.recovery(), e);
    } catch (LinuxException e) {
      throw remember(state, e.errno(), Recovery.START_COLD, e);
    } catch (IOException | RuntimeException | Error e) {
      throw remember(state, Errno.EIO, Recovery.START_COLD, e);
    }
  }

  private static LuoException remember(
      State state, Errno errno, Recovery recovery, Throwable cause) {
    LuoException failure =
        new HandlerException(
            "shared state %s cannot be retrieved [%s]: %s"
                .formatted(state.entry.compatible(), errno.name(), cause.getMessage()),
            errno,
            recovery,
            cause);
    state.failure = failure;
    return failure;
  }

  /**
   * Counts a finished file's FLBs down, in reverse; whoever reaches zero is finished (LUO-FLB-28,
   * 29).
   */
  public synchronized void release(List<FileLifecycleBound<?>> dependencies) {
    for (FileLifecycleBound<?> flb : dependencies.reversed()) {
      Optional<State> state = state(flb);
      if (state.isPresent() && --state.get().count == 0) {
        finish(flb, state.get());
      }
    }
  }

  private <T> void finish(FileLifecycleBound<T> flb, State state) {
    try {
      Shared<T> shared = retrieved(flb, state);
      try (Call call = new Call(state)) {
        CleanUp.run(flb.compatible(), "finish", () -> flb.finish(call, shared));
      }
    } catch (LuoException e) {
      LOG.log(Level.WARNING, "shared state is given up without finish", e);
    }
    state.finished = true;
    state.shared = null;
    surroundings.descriptors().drop(state.owner);
  }

  /** The context of one call to an FLB. */
  private final class Call implements FlbIncoming, AutoCloseable {

    private final State state;
    private final Deadline deadline = Deadline.after(surroundings.options().callDeadline());
    private final List<Fd> lent = new ArrayList<>(1);
    private boolean over;

    Call(State state) {
      this.state = state;
    }

    private void check() {
      if (over) {
        throw new IllegalStateException("a context is valid during its call only");
      }
    }

    @Override
    public Compatible compatible() {
      return state.entry.compatible();
    }

    @Override
    public Handle handle() {
      return state.entry.handle();
    }

    @Override
    public IncomingMemory memory() {
      check();
      return wanted -> surroundings.image().map(wanted, state.owner);
    }

    @Override
    public Deadline deadline() {
      return deadline;
    }

    @Override
    public Origin origin() {
      return surroundings.origin();
    }

    @Override
    public Boundary boundary() {
      return surroundings.boundary();
    }

    @Override
    public Fd borrow(Slot slot) throws LuoException {
      check();
      Fd original =
          surroundings
              .descriptors()
              .find(slot, state.owner)
              .orElseThrow(() ->
                  new CorruptRecordException(
                      "slot " + slot + " did not cross with " + compatible()));
      Fd view = original.lend();
      lent.add(view);
      return view;
    }

    @Override
    public void close() {
      over = true;
      lent.forEach(Fd::close);
    }
  }
}
