// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import java.lang.System.Logger.Level;
import java.lang.ref.Cleaner;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Remembers where descriptors were opened, and reports those that are dropped without having been
 * closed.
 *
 * <p>Off by default, since it takes a stack trace for each {@link Fd}. It is switched on by the
 * system property {@code dev.luo.linux.trackDescriptors=true} or by {@link #enable}, and concerns
 * descriptors that are adopted from then on.
 *
 * <p>A leaked descriptor is reported and never closed: its number may have been passed on by ways
 * unknown here, and closing the file of somebody else does more harm than a leak.
 *
 * <p>Thread-safe.
 */
public final class DescriptorLeaks {
  private static final String PROPERTY = "dev.luo.linux.trackDescriptors";

  private static volatile boolean enabled = Boolean.getBoolean(PROPERTY);
  private static volatile Consumer<Leak> listener = new Log();

  private DescriptorLeaks() {}

  /**
   * A descriptor whose owner was dropped without closing it.
   *
   * @param number its number; still open, unless somebody else has closed it
   * @param description what it was when the loss was noticed
   * @param place where it was adopted, innermost frame first
   */
  public record Leak(int number, String description, List<StackTraceElement> place) {
    /** Copies the list. */
    public Leak {
      place = List.copyOf(place);
    }
  }

  /**
   * Starts or stops the tracking of descriptors adopted from now on.
   *
   * @param enable whether to track
   */
  public static void enable(boolean enable) {
    enabled = enable;
  }

  /**
   * Decides who hears of leaks.
   *
   * @param newListener called on a thread of the cleaner, after the garbage collector has found an
   *     owner unreachable; by default leaks are logged as warnings to {@code dev.luo.linux}
   * @return who heard of them before
   */
  public static Consumer<Leak> listen(Consumer<Leak> newListener) {
    Consumer<Leak> before = listener;
    listener = newListener;
    return before;
  }

  /** Where an owned descriptor was adopted, if it is tracked. */
  static Optional<List<StackTraceElement>> placeOf(int number) {
    return Optional.ofNullable(Tracker.LIVE.get(number)).map(Tracking::place);
  }

  static @Nullable Tracking track(Fd owner, int number) {
    return enabled ? Tracker.start(owner, number) : null;
  }

  /**
   * A class rather than a lambda, which would bring up machinery for the first descriptor of a
   * fresh JVM.
   */
  private static final class Log implements Consumer<Leak> {
    @Override
    public void accept(Leak leak) {
      StringBuilder text =
          new StringBuilder("descriptor was not closed: ").append(leak.description());
      for (StackTraceElement frame : leak.place()) {
        text.append(System.lineSeparator()).append("\tat ").append(frame);
      }
      System.getLogger("dev.luo.linux").log(Level.WARNING, text.toString());
    }
  }

  /** Brought up by the first tracked descriptor: a cleaner has a thread. */
  private static final class Tracker {
    static final Cleaner CLEANER = Cleaner.create();
    static final Map<Integer, Tracking> LIVE = new ConcurrentHashMap<>();

    static Tracking start(Fd owner, int number) {
      StackTraceElement[] trace = new Throwable().getStackTrace();
      List<StackTraceElement> place =
          List.of(trace).stream().dropWhile(frame -> isOurs(frame.getClassName())).toList();
      Tracking tracking = new Tracking(number, place);
      LIVE.put(number, tracking);
      tracking.cleanable = CLEANER.register(owner, tracking);
      return tracking;
    }

    private static boolean isOurs(String className) {
      return className.equals(Fd.class.getName())
          || className.startsWith(DescriptorLeaks.class.getName());
    }
  }

  /** One tracked descriptor; runs when its owner is gone. */
  static final class Tracking implements Runnable {
    private final int number;
    private final List<StackTraceElement> place;
    private volatile boolean settled;
    private Cleaner.@Nullable Cleanable cleanable;

    private Tracking(int number, List<StackTraceElement> place) {
      this.number = number;
      this.place = place;
    }

    List<StackTraceElement> place() {
      return place;
    }

    /** The owner has closed or released it. */
    void settle() {
      settled = true;
      Cleaner.Cleanable registered = cleanable;
      if (registered != null) {
        registered.clean();
      }
    }

    @Override
    public void run() {
      Tracker.LIVE.remove(number, this);
      if (!settled) {
        listener.accept(new Leak(number, Descriptions.describe(number), place));
      }
    }
  }
}
