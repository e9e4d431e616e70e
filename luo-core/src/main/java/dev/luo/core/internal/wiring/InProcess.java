// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.wiring;

import dev.luo.core.HandoverMemoryException;
import dev.luo.core.LiveUpdate;
import dev.luo.core.Options;
import dev.luo.core.internal.conduct.Conduct;
import dev.luo.core.internal.handover.FrozenState;
import dev.luo.core.internal.handover.Timeline;
import dev.luo.core.internal.image.SlotEntry;
import dev.luo.core.internal.registry.HandlerRegistry;
import dev.luo.core.internal.session.Arrival;
import dev.luo.core.internal.session.Incoming;
import dev.luo.core.internal.session.Intake;
import dev.luo.linux.Fd;
import dev.luo.linux.FileIo;
import dev.luo.linux.LinuxException;
import dev.luo.linux.Mapping;
import dev.luo.linux.Memfd;
import dev.luo.linux.MemfdFlag;
import dev.luo.spi.Crossing;
import dev.luo.spi.Deadline;
import dev.luo.spi.LuoException;
import dev.luo.spi.Origin;
import dev.luo.spi.ThawCause;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A handover from one object graph to another. See {@link dev.luo.core.testing.InProcessHandover}.
 */
public final class InProcess implements AutoCloseable {

  private final Orchestrator predecessor;
  private final LiveUpdate successor;
  private final Origin origin;
  private boolean ended;

  private InProcess(Orchestrator predecessor, LiveUpdate successor, Origin origin) {
    this.predecessor = predecessor;
    this.successor = successor;
    this.origin = origin;
  }

  /** Opens a luo of its own. */
  public static LiveUpdate open(Options options) throws LuoException {
    long openedAt = System.nanoTime();
    return SwitchedOff.isWanted(options)
        ? new SwitchedOff(
            options, new Surroundings(Optional.empty(), Optional.empty(), openedAt, () -> {}))
        : open(options, Opening.registry(options), Optional.empty(), openedAt);
  }

  private static LiveUpdate open(
      Options options, HandlerRegistry registry, Optional<Arrival> arrival, long openedAt) {
    return Opening.open(
        options, registry, new Surroundings(arrival, Optional.empty(), openedAt, () -> {}));
  }

  /**
   * Brings one luo to its end and opens another on copies.
   *
   * @param origin how it ends, for whoever comes after it
   */
  public static InProcess handOver(LiveUpdate from, Options options, Origin origin)
      throws LuoException {
    if (!(from instanceof Orchestrator predecessor)) {
      throw new IllegalArgumentException("not opened by luo: " + from);
    }
    Timeline timeline = predecessor.timeline();
    return predecessor.attempt(timeline, () -> handOver(predecessor, options, origin, timeline));
  }

  private static InProcess handOver(
      Orchestrator predecessor, Options options, Origin origin, Timeline timeline)
      throws LuoException {
    FrozenState frozen = end(predecessor, options, origin, timeline);
    boolean handedOver = false;
    @Nullable Arrival arrival = null;
    try {
      predecessor.freeze().depart(timeline);
      long openedAt = System.nanoTime();
      HandlerRegistry registry = Opening.registry(options);
      arrival = receive(frozen, new Intake(Conduct.of(options), registry));
      LiveUpdate successor = open(options, registry, Optional.of(arrival), openedAt);
      handedOver = true;
      return new InProcess(predecessor, successor, origin);
    } finally {
      if (!handedOver) {
        if (arrival != null) {
          arrival.abandon();
        }
        if (origin == Origin.CRASH) {
          predecessor.abandon();
        } else {
          predecessor.freeze().thaw();
        }
      }
    }
  }

  private static FrozenState end(
      Orchestrator predecessor, Options options, Origin origin, Timeline timeline)
      throws LuoException {
    Deadline deadline = Deadline.after(options.freezeDeadline());
    if (origin == Origin.CRASH) {
      return predecessor.freeze().die(deadline, timeline);
    }
    predecessor.prepare();
    predecessor.freeze().ending(origin);
    return predecessor.freeze().freeze(deadline, timeline);
  }

  private static Arrival receive(FrozenState frozen, Intake intake) throws LuoException {
    List<Fd> copies = new ArrayList<>();
    boolean received = false;
    try {
      Map<Integer, Fd> duplicates = new HashMap<>();
      for (Fd carried : frozen.carried()) {
        Fd duplicate = carried.duplicate();
        copies.add(duplicate);
        duplicates.put(carried.number(), duplicate);
      }
      Fd image = copy(frozen.image());
      copies.add(image);
      Arrival arrival =
          Arrival.receive(
              Crossing.EXEC,
              image,
              frozen.nonce(),
              (SlotEntry slot) -> Optional.ofNullable(duplicates.get(slot.descriptor())),
              intake);
      received = true;
      return arrival;
    } catch (LinuxException e) {
      throw new HandoverMemoryException("cannot copy what crosses", e.errno(), e);
    } finally {
      if (!received) {
        copies.forEach(Fd::close);
      }
    }
  }

  private static Fd copy(Fd image) throws LinuxException {
    Fd copy = Memfd.create("luo-handover", MemfdFlag.ALLOW_SEALING);
    FileIo.truncate(copy, FileIo.size(image));
    for (FileIo.Extent data : FileIo.dataExtents(image)) {
      try (Mapping from = Mapping.map(image, data.offset(), data.byteSize());
          Mapping to = Mapping.map(copy, data.offset(), data.byteSize())) {
        MemorySegment.copy(from.segment(), 0, to.segment(), 0, data.byteSize());
      }
    }
    return copy;
  }

  /** Returns the luo that took over. */
  public LiveUpdate successor() {
    return successor;
  }

  /** Thaws the predecessor, and closes what the successor still holds. */
  public void takeBack(ThawCause cause) {
    if (origin == Origin.CRASH) {
      throw new IllegalStateException("the predecessor is dead");
    }
    if (!ended) {
      ended = true;
      if (successor.incoming().orElse(null) instanceof Incoming incoming) {
        incoming.abandon();
      }
      predecessor.freeze().thaw(cause);
    }
  }

  /** Lets the predecessor die. */
  @Override
  public void close() {
    if (!ended) {
      ended = true;
      predecessor.abandon();
    }
  }
}
