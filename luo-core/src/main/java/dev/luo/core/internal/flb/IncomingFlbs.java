// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.flb;

import dev.luo.core.HandlerFailedException.Step;
import dev.luo.core.NoSharedStateException;
import dev.luo.core.Options;
import dev.luo.core.internal.callback.Callbacks;
import dev.luo.core.internal.callback.FileName;
import dev.luo.core.internal.conduct.Conduct;
import dev.luo.core.internal.descriptor.ArrivedDescriptors;
import dev.luo.core.internal.image.ExtentEntry;
import dev.luo.core.internal.image.FlbEntry;
import dev.luo.core.internal.image.Image;
import dev.luo.core.internal.image.Owner;
import dev.luo.spi.Boundary;
import dev.luo.spi.Compatible;
import dev.luo.spi.FileLifecycleBound;
import dev.luo.spi.FileLifecycleBound.Shared;
import dev.luo.spi.HandlerException;
import dev.luo.spi.LuoException;
import dev.luo.spi.Origin;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  private final Callbacks callbacks;
  private final Map<Compatible, IncomingFlb> states = new HashMap<>();
  private final Surroundings surroundings;
  private final Conduct conduct;

  /** What to do when nothing here is needed any more; null as long as there are files. */
  private @Nullable Runnable whenUnused;

  /** Whether files were given up of which nobody knows what they stood on. */
  private boolean unknownReleased;

  /** Whether memory and descriptors have been given up. */
  private boolean gone;

  /** Takes over what the image lists, with its counts. */
  public IncomingFlbs(Callbacks callbacks, List<FlbEntry> entries, Surroundings surroundings) {
    this.callbacks = callbacks;
    this.surroundings = surroundings;
    this.conduct = Conduct.of(surroundings.options());
    for (int i = 0; i < entries.size(); i++) {
      FlbEntry entry = entries.get(i);
      long count = conduct.loadsFlbCounts() ? entry.count() : 0;
      states.put(entry.compatible(), new IncomingFlb(entry, new Owner.OfFlb(i), count));
    }
  }

  private @Nullable IncomingFlb find(FileLifecycleBound<?> flb) {
    Set<Compatible> formats =
        conduct.matchesWhatIsAccepted() ? flb.accepts() : Set.of(flb.compatible());
    for (Compatible format : formats) {
      IncomingFlb state = states.get(format);
      if (state != null) {
        return state;
      }
    }
    return null;
  }

  /**
   * Returns the live object, retrieving it at the first request (LUO-FLB-25).
   *
   * @throws LuoException ENOENT if it did not cross (LUO-FLB-24), ENODATA if it is finished
   *     (LUO-FLB-30), or its own failure, every time the same (LUO-FLB-26)
   */
  public synchronized <T> T live(FileLifecycleBound<T> flb, FileName file) throws LuoException {
    return retrieved(flb, existing(flb), Optional.of(file)).live();
  }

  private IncomingFlb existing(FileLifecycleBound<?> flb) throws NoSharedStateException {
    IncomingFlb state = find(flb);
    if (state == null) {
      throw NoSharedStateException.notHandedOver(flb.compatible());
    }
    if (state.finished || (gone && state.failure == null)) {
      throw NoSharedStateException.finished(flb.compatible());
    }
    return state;
  }

  /**
   * Returns the live object as {@link #live} does, and counts a reference beside the files: finish
   * waits for it (LUO-FLB-28).
   */
  public synchronized <T> T refer(FileLifecycleBound<T> flb) throws LuoException {
    IncomingFlb state = existing(flb);
    T live = retrieved(flb, state, Optional.empty()).live();
    state.count++;
    state.references++;
    return live;
  }

  /** Counts a reference down; whoever reaches zero is finished. */
  public synchronized void giveBack(FileLifecycleBound<?> flb) {
    IncomingFlb state = find(flb);
    if (state == null || state.references == 0) {
      throw new IllegalStateException("nobody refers to " + flb.compatible());
    }
    state.references--;
    state.count--;
    boolean filesAreFinished = whenUnused != null;
    boolean onlyThePredecessorCounts =
        filesAreFinished && state.references == 0 && conduct.loadsFlbCounts();
    if (state.count == 0 || onlyThePredecessorCounts) {
      finish(flb, state, Optional.empty());
    }
    giveUpIfUnused();
  }

  /** Returns the live object if somebody retrieved it with success. */
  public synchronized <T> Optional<T> ifRetrieved(FileLifecycleBound<T> flb) {
    IncomingFlb state = find(flb);
    return Optional.ofNullable(state).map(known -> IncomingFlbs.<T>shared(known)).map(Shared::live);
  }

  @SuppressWarnings("unchecked") // put there by retrieved(flb, state), under the FLB itself
  private static <T> @Nullable Shared<T> shared(IncomingFlb state) {
    return (Shared<T>) state.shared;
  }

  private <T> Shared<T> retrieved(
      FileLifecycleBound<T> flb, IncomingFlb state, Optional<FileName> file) throws LuoException {
    Shared<T> present = shared(state);
    if (present != null) {
      return present;
    }
    if (state.failure != null) {
      throw state.failure;
    }
    if (!conduct.loadsFlbCounts()) {
      state.count = state.entry.count();
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

  private IncomingFlbCall call(FileLifecycleBound<?> flb, IncomingFlb state) {
    return new IncomingFlbCall(flb, state.entry, state.owner, surroundings);
  }

  /** What came is the record behind its handle. */
  private SharedSubject subject(IncomingFlb state, Optional<FileName> file) {
    return new SharedSubject(
        state.entry.compatible(),
        file,
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
      IncomingFlb state = find(flb);
      if (state != null && state.count > 0) {
        if (--state.count == 0) {
          finish(flb, state, Optional.of(file));
        }
      } else if (!conduct.loadsFlbCounts()) {
        LOG.log(
            Level.WARNING,
            "the count of shared state {0} is below zero, after {1}",
            flb.compatible(),
            file);
      }
    }
  }

  /**
   * Takes note that a file was given up without a handler: nobody knows what it stood on, so what
   * still counts at the end may be that file, and is given up with it.
   */
  public synchronized void releaseUnknown() {
    unknownReleased = true;
  }

  private <T> void finish(FileLifecycleBound<T> flb, IncomingFlb state, Optional<FileName> file) {
    try {
      Shared<T> shared = retrieved(flb, state, file);
      try (IncomingFlbCall call = call(flb, state)) {
        callbacks.run(subject(state, file), Step.FINISH, call, () -> flb.finish(call, shared));
      }
      state.finished = true;
      state.shared = null;
    } catch (LuoException e) {
      LOG.log(Level.WARNING, "shared state is given up without finish", e);
    }
    surroundings.descriptors().drop(state.owner);
  }

  /**
   * Takes note that every file is finished: what still counts are references. Those of the
   * predecessor ended with it, so FLBs that this process has none to are finished now.
   *
   * @param known FLBs that there are here
   * @param action run once, when no reference is left
   */
  public synchronized void filesFinished(List<FileLifecycleBound<?>> known, Runnable action) {
    whenUnused = action;
    if (conduct.loadsFlbCounts() && !unknownReleased) {
      for (FileLifecycleBound<?> flb : known) {
        IncomingFlb state = find(flb);
        if (state != null && state.isUnfinished() && state.references == 0) {
          finish(flb, state, Optional.empty());
        }
      }
    }
    giveUpIfUnused();
  }

  private void giveUpIfUnused() {
    Runnable action = whenUnused;
    if (action == null) {
      return;
    }
    for (IncomingFlb state : states.values()) {
      if (state.references > 0) {
        return;
      }
    }
    whenUnused = null;
    gone = true;
    action.run();
  }
}
