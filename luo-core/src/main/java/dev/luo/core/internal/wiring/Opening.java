// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.wiring;

import dev.luo.core.ImageAbi;
import dev.luo.core.ImageRefusedException;
import dev.luo.core.LiveUpdate;
import dev.luo.core.Options;
import dev.luo.core.internal.conduct.Conduct;
import dev.luo.core.internal.handover.Inheritance;
import dev.luo.core.internal.handover.InheritedHandover;
import dev.luo.core.internal.handover.drystart.DryStartAnswer;
import dev.luo.core.internal.handover.drystart.SuccessorDescription;
import dev.luo.core.internal.handover.guardian.GuardianLink;
import dev.luo.core.internal.image.SlotEntry;
import dev.luo.core.internal.registry.HandlerDiscovery;
import dev.luo.core.internal.registry.HandlerRegistry;
import dev.luo.core.internal.session.Arrival;
import dev.luo.core.internal.session.Intake;
import dev.luo.linux.Fd;
import dev.luo.spi.Crossing;
import dev.luo.spi.FileHandler;
import dev.luo.spi.LuoException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Opens luo in this process. */
public final class Opening {

  private static final Logger LOG = System.getLogger("dev.luo.core");

  /** There is one set of descriptors, one environment and one image a process. */
  private static final AtomicBoolean OPEN = new AtomicBoolean();

  /** What was handed over is found by the first opening; later ones would find what is finished. */
  private static final AtomicBoolean TAKEN = new AtomicBoolean();

  /** What the first refusal said; a strict opening does not look again (LUO-DES-14). */
  private static final AtomicReference<@Nullable ImageRefusedException> REFUSED =
      new AtomicReference<>();

  private Opening() {}

  /** As {@link LiveUpdate#open}. */
  public static LiveUpdate open(Options options) throws LuoException {
    long openedAt = System.nanoTime();
    Map<String, String> environment = System.getenv();
    boolean off = SwitchedOff.isWanted(options);
    DryStartAnswer.answerIfAsked(
        environment, () -> off ? describeNothing(options) : describe(options));
    if (!OPEN.compareAndSet(false, true)) {
      throw new IllegalStateException("luo is open in this process");
    }
    boolean opened = false;
    try {
      LiveUpdate luo =
          off ? openNothing(environment, options, openedAt) : open(environment, options, openedAt);
      opened = true;
      return luo;
    } finally {
      if (!opened) {
        OPEN.set(false);
      }
    }
  }

  private static LiveUpdate open(Map<String, String> environment, Options options, long openedAt)
      throws LuoException {
    HandlerRegistry registry = registry(options);
    Found found = find(environment, options, registry);
    return open(
        options,
        registry,
        new Surroundings(found.arrival(), found.guardian(), openedAt, () -> OPEN.set(false)));
  }

  /** Whoever watches has to be told that this process is well; what came is left as it is. */
  private static LiveUpdate openNothing(
      Map<String, String> environment, Options options, long openedAt) {
    Optional<GuardianLink> guardian = Optional.empty();
    if (!TAKEN.get()
        && Inheritance.find(environment, ProcessHandle.current().pid())
            instanceof Inheritance.Present present) {
      present.handover().image().release();
      guardian = present.handover().guardian();
    }
    return new SwitchedOff(
        options, new Surroundings(Optional.empty(), guardian, openedAt, () -> OPEN.set(false)));
  }

  static LiveUpdate open(Options options, HandlerRegistry registry, Surroundings surroundings) {
    Orchestrator luo =
        DaggerLuoComponent.factory().create(options, registry, surroundings).orchestrator();
    luo.ready();
    return luo;
  }

  static HandlerRegistry registry(Options options) throws LuoException {
    List<FileHandler<?>> handlers = new ArrayList<>(options.handlers());
    if (options.discovery().isPresent()) {
      handlers.addAll(HandlerDiscovery.discover(options.discovery().get()));
    }
    return new HandlerRegistry(handlers, options);
  }

  private static SuccessorDescription describeNothing(Options options) {
    return SuccessorDescription.ofThisProcess(
        Set.of(), Set.of(), Map.of(), options.programVersion());
  }

  private static SuccessorDescription describe(Options options) throws LuoException {
    return SuccessorDescription.ofThisProcess(
        Set.of(ImageAbi.LUO_V5.compatible(), ImageAbi.LUO_V1.compatible()),
        registry(options).accepted(),
        Map.of(),
        options.programVersion());
  }

  /** What was handed to this process, and who watches over it. */
  private record Found(Optional<Arrival> arrival, Optional<GuardianLink> guardian) {}

  private static Found find(
      Map<String, String> environment, Options options, HandlerRegistry registry)
      throws ImageRefusedException {
    Conduct conduct = Conduct.of(options);
    ImageRefusedException before = REFUSED.get();
    if (before != null && !conduct.looksAgain()) {
      throw before;
    }
    Intake intake = new Intake(conduct, registry);
    try {
      return take(environment, options, intake);
    } catch (ImageRefusedException e) {
      ImageRefusedException seen = intake.seen(e);
      REFUSED.compareAndSet(null, seen);
      LOG.log(Level.ERROR, "what was handed over is refused, and kept: {0}", seen.getMessage());
      throw seen;
    }
  }

  private static Found take(Map<String, String> environment, Options options, Intake intake)
      throws ImageRefusedException {
    Optional<InheritedHandover> inherited =
        TAKEN.get() ? Optional.empty() : inherited(environment, options);
    Optional<Arrival> arrival = Optional.empty();
    if (inherited.isPresent()) {
      if (!options.isIgnoringIncoming()) {
        arrival = Optional.of(receive(inherited.get(), intake));
      }
      TAKEN.set(true);
    }
    return new Found(arrival, inherited.flatMap(InheritedHandover::guardian));
  }

  private static Optional<InheritedHandover> inherited(
      Map<String, String> environment, Options options) throws ImageRefusedException {
    return switch (Inheritance.find(environment, ProcessHandle.current().pid())) {
      case Inheritance.Nothing _ -> Optional.empty();
      case Inheritance.Foreign foreign -> {
        LOG.log(Level.DEBUG, "a handover to process {0} is not for this one", foreign.pid());
        yield Optional.empty();
      }
      case Inheritance.Unusable unusable -> {
        if (!options.isIgnoringIncoming()) {
          throw new ImageRefusedException("environment", unusable.why());
        }
        yield Optional.empty();
      }
      case Inheritance.Present present -> Optional.of(present.handover());
    };
  }

  static Arrival receive(InheritedHandover inherited, Intake intake) throws ImageRefusedException {
    return Arrival.receive(
        Crossing.EXEC, inherited.image(), inherited.nonce(), Opening::descriptor, intake);
  }

  /** An exec keeps the numbers. Where the image has none, there is nothing that could tell it. */
  private static Optional<Fd> descriptor(SlotEntry slot) {
    return slot.descriptor() == SlotEntry.TOLD_OTHERWISE
        ? Optional.empty()
        : Optional.of(Fd.adopt(slot.descriptor()));
  }
}
