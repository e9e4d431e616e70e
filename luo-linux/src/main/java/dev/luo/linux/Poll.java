// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import dev.luo.linux.internal.Kernel;
import dev.luo.linux.internal.Syscall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Waits until descriptors are ready. */
public final class Poll {
  /** The size of struct pollfd: the number, what is asked, what has happened. */
  private static final int ENTRY = 8;

  private Poll() {}

  /** What may happen to a descriptor. */
  public enum Event {
    /** There is something to read, or the end. */
    READABLE(0x1),
    /** There is something urgent. */
    URGENT(0x2),
    /** There is room to write. */
    WRITABLE(0x4),
    /** Something is wrong. Always reported. */
    ERROR(0x8),
    /** The other side is gone. Always reported. */
    HANG_UP(0x10),
    /** The number is not open. Always reported. */
    NOT_OPEN(0x20),
    /** The other side of a stream socket will send no more. */
    PEER_FINISHED(0x2000);

    private final int bit;

    Event(int bit) {
      this.bit = bit;
    }

    static Set<Event> of(int bits) {
      Set<Event> events = EnumSet.noneOf(Event.class);
      for (Event event : values()) {
        if ((bits & event.bit) != 0) {
          events.add(event);
        }
      }
      return events;
    }

    static short bits(Set<Event> events) {
      int bits = 0;
      for (Event event : events) {
        bits |= event.bit;
      }
      return (short) bits;
    }
  }

  /**
   * What to wait for.
   *
   * @param fd the descriptor
   * @param events what matters of it, besides what is always reported
   */
  public record Interest(Fd fd, Set<Event> events) {
    /** Copies the set. */
    public Interest {
      events = Set.copyOf(events);
    }

    /**
     * Waits for something to read.
     *
     * @param fd the descriptor
     * @return the interest
     */
    public static Interest readable(Fd fd) {
      return new Interest(fd, Set.of(Event.READABLE));
    }

    /**
     * Waits for room to write.
     *
     * @param fd the descriptor
     * @return the interest
     */
    public static Interest writable(Fd fd) {
      return new Interest(fd, Set.of(Event.WRITABLE));
    }
  }

  /**
   * Waits until something happens to one of several descriptors.
   *
   * <p>They stay open meanwhile, even if another thread closes them; that does not end the waiting.
   *
   * @param interests what to wait for
   * @param deadlineNanos until when, on {@link Clock#MONOTONIC}; a time that has passed looks and
   *     does not wait
   * @return what has happened, in the order of the interests; nothing to any of them if the
   *     deadline has passed
   * @throws LinuxException EINVAL if there are more than the process may have open
   */
  public static List<Set<Event>> await(List<Interest> interests, long deadlineNanos)
      throws LinuxException {
    List<Fd.Hold> holds = new ArrayList<>(interests.size());
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment entries = arena.allocate(Math.max(ENTRY, (long) ENTRY * interests.size()), 4);
      long entry = 0;
      for (Interest interest : interests) {
        Fd.Hold held = interest.fd().hold();
        holds.add(held);
        entries.set(ValueLayout.JAVA_INT, entry, held.number());
        entries.set(ValueLayout.JAVA_SHORT, entry + 4, Event.bits(interest.events()));
        entry += ENTRY;
      }
      poll(entries, interests.size(), TimeSpec.of(arena, 0), deadlineNanos);
      List<Set<Event>> happened = new ArrayList<>(interests.size());
      for (long at = 0; at < entry; at += ENTRY) {
        happened.add(Event.of(entries.get(ValueLayout.JAVA_SHORT, at + 6)));
      }
      return happened;
    } finally {
      holds.forEach(Fd.Hold::close);
    }
  }

  private static void poll(MemorySegment entries, int count, MemorySegment time, long deadlineNanos)
      throws LinuxException {
    long result;
    do {
      long left = Clock.until(deadlineNanos);
      TimeSpec.set(time, left);
      long timeout = left == Clock.NEVER ? 0 : time.address();
      result = Kernel.call(Syscall.PPOLL, entries.address(), count, timeout, 0);
    } while (Kernel.interrupted(result));
    if (result < 0) {
      throw new LinuxException(Errno.ofResult(result), "ppoll", "count=" + count);
    }
  }

  /**
   * Waits until there is something to read, or the end, or an error that reading would show.
   *
   * @param fd the descriptor
   * @param deadlineNanos until when, on {@link Clock#MONOTONIC}
   * @return false if the deadline has passed
   * @throws LinuxException EBADF if the number is not open
   */
  public static boolean awaitReadable(Fd fd, long deadlineNanos) throws LinuxException {
    return awaitOne(Interest.readable(fd), deadlineNanos);
  }

  /**
   * Waits until there is room to write, or an error that writing would show.
   *
   * @param fd the descriptor
   * @param deadlineNanos until when, on {@link Clock#MONOTONIC}
   * @return false if the deadline has passed
   * @throws LinuxException EBADF if the number is not open
   */
  public static boolean awaitWritable(Fd fd, long deadlineNanos) throws LinuxException {
    return awaitOne(Interest.writable(fd), deadlineNanos);
  }

  private static boolean awaitOne(Interest interest, long deadlineNanos) throws LinuxException {
    Set<Event> happened = await(List.of(interest), deadlineNanos).getFirst();
    if (happened.contains(Event.NOT_OPEN)) {
      throw new LinuxException(Errno.EBADF, "ppoll", interest.fd().describe());
    }
    return !happened.isEmpty();
  }
}
