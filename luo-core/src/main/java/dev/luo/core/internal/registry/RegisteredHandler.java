// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.registry;

import dev.luo.core.HandlerLimits;
import dev.luo.core.Options;
import dev.luo.core.internal.callback.CallTime;
import dev.luo.core.internal.conduct.Conduct;
import dev.luo.core.internal.memory.Quota;
import dev.luo.spi.Compatible;
import dev.luo.spi.Deadline;
import dev.luo.spi.FileHandler;
import dev.luo.spi.FileLifecycleBound;
import dev.luo.spi.IdentityScope;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A handler in one luo: what it said of itself, what the embedder said of it, and how much it is
 * used. Thread-safe.
 *
 * @param <R> its run-time state for one file
 */
public final class RegisteredHandler<R extends @Nullable Object> {

  private final FileHandler<R> handler;
  private final HandlerDescription description;
  private final Compatible format;
  private final Duration callDeadline;
  private final HandlerLimits limits;
  private final Quota quota;
  private final HandlerUse use = new HandlerUse();

  private RegisteredHandler(
      FileHandler<R> handler, HandlerDescription description, Options options) {
    this.handler = handler;
    this.description = description;
    this.format = description.format(options.writing());
    this.callDeadline = CallTime.limit(options, description.compatible());
    this.limits = options.limits(description.compatible());
    this.quota = new Quota(description.compatible(), limits);
  }

  /**
   * Asks a handler what it is.
   *
   * @throws IllegalArgumentException if it contradicts itself
   */
  static <R extends @Nullable Object> RegisteredHandler<R> describe(
      FileHandler<R> handler, Options options) {
    return new RegisteredHandler<>(
        handler, HandlerDescription.of(handler, Conduct.of(options)), options);
  }

  /** Returns the handler itself. */
  public FileHandler<R> handler() {
    return handler;
  }

  /** Returns the name for messages: the class. */
  public String name() {
    return description.name();
  }

  /** Returns under which string it is registered. */
  public Compatible compatible() {
    return description.compatible();
  }

  /** Returns the format that it is asked to write: a wanted one if it can, else its own. */
  public Compatible format() {
    return format;
  }

  /** Lists the formats of the records that it takes. */
  public Set<Compatible> accepts() {
    return description.accepts();
  }

  /** Lists the formats that it can write. */
  public Set<Compatible> writes() {
    return description.writes();
  }

  /** Returns every FLB that it may depend on, in the order in which they are preserved. */
  List<FileLifecycleBound<?>> declared() {
    return description.dependencies().getOrDefault(description.compatible(), List.of());
  }

  /** Answers whether it names the FLB among its dependencies, for records of that format. */
  public boolean dependsOn(FileLifecycleBound<?> flb, Compatible of) {
    return description.dependencies().getOrDefault(of, List.of()).contains(flb);
  }

  /**
   * Returns what records of that format stand on, in the order in which they are preserved. None if
   * the handler was unregistered while files held it: its FLBs left with it (LUO-REG-08).
   */
  public List<FileLifecycleBound<?>> dependencies(Compatible of) {
    return use.isOver() ? List.of() : description.dependencies().getOrDefault(of, List.of());
  }

  /** Returns what makes two descriptors the same thing. */
  public IdentityScope identityScope() {
    return description.identityScope();
  }

  /** Returns what the records of its files count on. */
  public Quota quota() {
    return quota;
  }

  /** Returns by when a call that begins now is to be answered, outside the freeze. */
  public Deadline callDeadline() {
    return Deadline.after(callDeadline);
  }

  /**
   * Returns by when a freeze that begins now is to be answered.
   *
   * @param ofAll by when everything has to be frozen
   */
  public Deadline freezeDeadline(Deadline ofAll) {
    Duration own = limits.freezeDeadline().orElse(null);
    return own == null || ofAll.remaining().compareTo(own) <= 0 ? ofAll : Deadline.after(own);
  }

  /**
   * Holds the handler for an outgoing file (LUO-FIL-45).
   *
   * @return false if it was unregistered meanwhile; another one is not looked for (LUO-FIL-08)
   */
  public boolean hold() {
    return use.hold();
  }

  /** Ends what {@link #hold} began. */
  public void letGo() {
    use.letGo();
  }

  /**
   * Holds the handler for a file that came (LUO-FIL-45).
   *
   * @return false if it was unregistered meanwhile
   */
  public boolean holdArrived() {
    return use.holdArrived();
  }

  /** Ends what {@link #holdArrived} began. */
  public void letGoArrived() {
    use.letGoArrived();
  }

  /** Lets it be asked for no new file, as {@link dev.luo.core.Handlers#switchOff} does. */
  public void switchOff() {
    use.switchOff(true);
  }

  HandlerUse use() {
    return use;
  }
}
