// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.spi.Compatible;
import dev.luo.spi.Crossing;
import dev.luo.spi.FileHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How luo is opened. Immutable: every method that says something returns a copy.
 *
 * <p>Handlers come from two places, in this order: those given by {@link #handler}, then those that
 * {@link java.util.ServiceLoader} finds with the class loader of {@link #discovery(ClassLoader)}.
 *
 * <p>What is set by a method is returned by the one of the same name without arguments; whether
 * something is on, by the one that says {@code is}.
 */
public final class Options {

  private static final long DEFAULT_MEMORY_RESERVE = 1L << 30;

  private final Set<Crossing> crossings;
  private List<FileHandler<?>> explicit = List.of();
  private @Nullable ClassLoader loader = Options.class.getClassLoader();
  private Quiescer quiescer = Quiescer.none();
  private Duration freezeDeadline = Duration.ofSeconds(5);
  private Duration callDeadline = Duration.ofMinutes(1);
  private Duration interruptGrace = Duration.ofSeconds(1);
  private long memoryReserve = DEFAULT_MEMORY_RESERVE;
  private boolean ignoreIncoming;
  private boolean strict;
  private @Nullable String programVersion;
  private @Nullable Freshness freshness;
  private List<UpdateListener> listeners = List.of();
  private List<Compatible> wantedFormats = List.of();
  private Map<Compatible, HandlerLimits> limits = Map.of();
  private ImageAbi imageAbi = ImageAbi.LUO_V5;
  private boolean switchedOff;

  private Options(Set<Crossing> crossings) {
    this.crossings = crossings;
  }

  /** Returns a copy after the change; nothing is changed once it has been returned. */
  private Options with(Consumer<Options> change) {
    Options copy = new Options(crossings);
    copy.explicit = explicit;
    copy.loader = loader;
    copy.quiescer = quiescer;
    copy.freezeDeadline = freezeDeadline;
    copy.callDeadline = callDeadline;
    copy.interruptGrace = interruptGrace;
    copy.memoryReserve = memoryReserve;
    copy.ignoreIncoming = ignoreIncoming;
    copy.strict = strict;
    copy.programVersion = programVersion;
    copy.freshness = freshness;
    copy.listeners = listeners;
    copy.wantedFormats = wantedFormats;
    copy.limits = limits;
    copy.imageAbi = imageAbi;
    copy.switchedOff = switchedOff;
    change.accept(copy);
    return copy;
  }

  /**
   * Declares on which ways a successor may take over. It must be said when luo is opened, as
   * handlers prepare for all of them when a file is preserved.
   *
   * @throws IllegalArgumentException for a way that this version of luo does not know how to go
   */
  public static Options crossings(Crossing first, Crossing... more) {
    EnumSet<Crossing> declared = EnumSet.of(first, more);
    EnumSet<Crossing> unknown = EnumSet.copyOf(declared);
    unknown.remove(Crossing.EXEC);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException("this version of luo cannot cross by " + unknown);
    }
    return new Options(declared);
  }

  /**
   * Looks for handlers with this class loader and its parents.
   *
   * @implSpec Without this, the class loader of luo itself is used; never the calling thread's
   */
  public Options discovery(ClassLoader classLoader) {
    Objects.requireNonNull(classLoader, "classLoader");
    return with(copy -> copy.loader = classLoader);
  }

  /** Looks for no handlers: only those given by {@link #handler} are there. */
  public Options withoutDiscovery() {
    return with(copy -> copy.loader = null);
  }

  /** Adds a handler, asked before those that are discovered. */
  public Options handler(FileHandler<?> handler) {
    List<FileHandler<?>> more = new ArrayList<>(explicit);
    more.add(Objects.requireNonNull(handler, "handler"));
    return with(copy -> copy.explicit = List.copyOf(more));
  }

  /** Adds somebody who hears of updates as they go on, after those added before. */
  public Options listener(UpdateListener listener) {
    List<UpdateListener> more = new ArrayList<>(listeners);
    more.add(Objects.requireNonNull(listener, "listener"));
    return with(copy -> copy.listeners = List.copyOf(more));
  }

  /** Returns who hears of updates, in the order in which they were added. */
  public List<UpdateListener> listeners() {
    return listeners;
  }

  /** Says how the application is brought to rest before files are frozen. */
  public Options quiescer(Quiescer applicationQuiescer) {
    Objects.requireNonNull(applicationQuiescer, "applicationQuiescer");
    return with(copy -> copy.quiescer = applicationQuiescer);
  }

  /**
   * Limits how long pausing and freezing may take together before the update is refused; 5 s if not
   * said. Who is not back by then is interrupted, and given up after {@link #interruptGrace}.
   */
  public Options freezeDeadline(Duration deadline) {
    Duration checked = positive(deadline);
    return with(copy -> copy.freezeDeadline = checked);
  }

  /**
   * Says by when handlers have to answer outside the freeze (preserve, retrieve, verify), and by
   * when a {@linkplain Participant#preserve participant} has to have preserved; 1 min if not said.
   */
  public Options callDeadline(Duration deadline) {
    Duration checked = positive(deadline);
    return with(copy -> copy.callDeadline = checked);
  }

  /**
   * Says how long a handler, quiescer or participant that overran its deadline in an update may
   * take to come back after it was interrupted, before it counts as {@linkplain
   * HandlerStuckException stuck}; 1 s if not said.
   */
  public Options interruptGrace(Duration grace) {
    Duration checked = positive(grace);
    return with(copy -> copy.interruptGrace = checked);
  }

  /**
   * Reserves address space for records, image and report. It is sparse: what is not used costs
   * nothing.
   *
   * @param byteSize 1 GiB if not said
   */
  public Options memoryReserve(long byteSize) {
    if (byteSize <= 0) {
      throw new IllegalArgumentException("memory reserve must be positive: " + byteSize);
    }
    return with(copy -> copy.memoryReserve = byteSize);
  }

  /**
   * Starts cold even if something was handed over, or something that cannot be read. Its
   * descriptors stay open, untouched, until the process ends.
   */
  public Options ignoringIncoming() {
    return with(copy -> copy.ignoreIncoming = true);
  }

  /** Returns whether to start cold in any case. */
  public boolean isIgnoringIncoming() {
    return ignoreIncoming;
  }

  /**
   * Reproduces the kernel's orchestrator (7.2) literally, hazards included, so that traces of
   * callbacks can be compared line by line: finish and close discard what nobody retrieved, an
   * update leaves out what is not finished, one missing handler refuses everything. For tests of
   * handlers and of luo; without this, nothing is lost unless somebody says so. Every difference is
   * listed in {@code docs/kernel-differences.md}.
   */
  public Options strict() {
    return with(copy -> copy.strict = true);
  }

  /** Returns whether to do as the kernel does where that is a hazard. */
  public boolean isStrict() {
    return strict;
  }

  /**
   * Switches live update off: there are no sessions (ENOENT), handlers and FLBs are refused
   * (EOPNOTSUPP), participants join and are never called, and {@link LiveUpdate#update} replaces
   * the process without trying the successor and without a callback. What was handed over is left
   * open and untouched, for an opening that is not switched off. A program that is asked whether it
   * could take over answers that it cannot.
   *
   * <p>Whoever starts the JVM says the same by {@code -Dluo.liveupdate=off}.
   */
  public Options switchedOff() {
    return with(copy -> copy.switchedOff = true);
  }

  /** Returns whether live update is switched off, as far as the program says. */
  public boolean isSwitchedOff() {
    return switchedOff;
  }

  /**
   * Has handlers write formats that an older successor reads, such as the one to which an update
   * may have to be taken back. Each handler is asked for the first of these that it {@linkplain
   * FileHandler#writes() can write}, and for its own {@linkplain FileHandler#compatible() format}
   * if it can write none of them. What is written is what the successor has to accept.
   *
   * <p>A format that no handler can write refuses {@link LiveUpdate#open}.
   */
  public Options writing(Compatible... formats) {
    List<Compatible> wanted = List.of(formats);
    return with(copy -> copy.wantedFormats = wanted);
  }

  /** Returns the formats that are wanted, the most wanted first. */
  public List<Compatible> writing() {
    return wantedFormats;
  }

  /**
   * Limits what one handler, or one shared state, may take; what was said of it before is replaced.
   * Nothing of that name need be registered now.
   *
   * @param compatible its own {@link FileHandler#compatible()} or {@link
   *     dev.luo.spi.FileLifecycleBound#compatible()}, whatever format it writes
   */
  public Options limits(Compatible compatible, HandlerLimits handlerLimits) {
    Objects.requireNonNull(handlerLimits, "handlerLimits");
    Objects.requireNonNull(compatible, "compatible");
    Map<Compatible, HandlerLimits> more = new HashMap<>(limits);
    more.put(compatible, handlerLimits);
    return with(copy -> copy.limits = Map.copyOf(more));
  }

  /** Returns what that handler or shared state may take. */
  public HandlerLimits limits(Compatible compatible) {
    return limits.getOrDefault(compatible, HandlerLimits.none());
  }

  /**
   * Writes images in this form, {@link ImageAbi#LUO_V5} if not said. Both are read whatever is said
   * here. How many sessions and files there can be depends on it, and is looked at when they are
   * created and preserved; a successor that does not read the form refuses the update before
   * anything is frozen.
   */
  public Options imageAbi(ImageAbi abi) {
    Objects.requireNonNull(abi, "abi");
    return with(copy -> copy.imageAbi = abi);
  }

  /** Returns the form in which images are written. */
  public ImageAbi imageAbi() {
    return imageAbi;
  }

  /**
   * Says which version of the program this is. A predecessor that {@linkplain LiveUpdate#check
   * checks} it shows that to people.
   *
   * @throws IllegalArgumentException if it is not one line of at most 200 characters
   */
  public Options programVersion(String version) {
    if (version.isBlank() || version.length() > 200 || version.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("a version is one line: \"" + version + '"');
    }
    return with(copy -> copy.programVersion = version);
  }

  /** Returns which version of the program this is; empty if it was not said. */
  public Optional<String> programVersion() {
    return Optional.ofNullable(programVersion);
  }

  /** Says what is renewed after an update, before the workload runs. */
  public Options refreshing(Freshness renewal) {
    Objects.requireNonNull(renewal, "renewal");
    return with(copy -> copy.freshness = renewal);
  }

  /** Returns what is renewed after an update; empty if nothing is. */
  public Optional<Freshness> refreshing() {
    return Optional.ofNullable(freshness);
  }

  private static Duration positive(Duration deadline) {
    if (!deadline.isPositive()) {
      throw new IllegalArgumentException("a deadline must be positive: " + deadline);
    }
    return deadline;
  }

  /** Returns the declared crossings. */
  public Set<Crossing> crossings() {
    return EnumSet.copyOf(crossings);
  }

  /** Returns the handlers that were given one by one. */
  public List<FileHandler<?>> handlers() {
    return explicit;
  }

  /** Returns the class loader that handlers are discovered with; empty if they are not. */
  public Optional<ClassLoader> discovery() {
    return Optional.ofNullable(loader);
  }

  /** Returns how the application is brought to rest. */
  public Quiescer quiescer() {
    return quiescer;
  }

  /** Returns how long pausing and freezing may take together. */
  public Duration freezeDeadline() {
    return freezeDeadline;
  }

  /** Returns how long a handler's call outside the freeze may take. */
  public Duration callDeadline() {
    return callDeadline;
  }

  /** Returns how long a handler that was interrupted may take to come back. */
  public Duration interruptGrace() {
    return interruptGrace;
  }

  /** Returns how much address space handover memory gets, in bytes. */
  public long memoryReserve() {
    return memoryReserve;
  }
}
