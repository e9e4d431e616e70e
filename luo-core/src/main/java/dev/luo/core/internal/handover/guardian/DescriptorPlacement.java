// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover.guardian;

import dev.luo.linux.CloseRange;
import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.LinuxException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Gives descriptors the numbers they had elsewhere, and makes them the only ones that an {@code
 * execve} leaves open besides the standard streams.
 *
 * <p>A number that is wanted may be that of another descriptor which is still to be placed; that
 * one is moved out of the way. The numbers of the JVM's own files must not be wanted: a JVM that
 * cannot read its classes any more comes down on the next one it needs.
 */
final class DescriptorPlacement {
  private static final int FIRST = 3;

  /** What is still to be placed, by the number it is wanted under. */
  private final TreeMap<Integer, Fd> waiting;

  /** Those by the number that they have. */
  private final Map<Integer, Integer> targetByNumber = new HashMap<>();

  private DescriptorPlacement(Map<Integer, Fd> byTarget) {
    this.waiting = new TreeMap<>(byTarget);
    waiting.forEach((target, descriptor) -> targetByNumber.put(descriptor.number(), target));
  }

  /**
   * Places descriptors.
   *
   * @param byTarget the descriptors by the number each is to get; they are used up
   * @throws LinuxException EMFILE or EBADF if a number is beyond what this process may have
   */
  static void place(Map<Integer, Fd> byTarget) throws LinuxException {
    CloseRange.closeOnExec(FIRST, CloseRange.LAST);
    new DescriptorPlacement(byTarget).run();
  }

  private void run() throws LinuxException {
    for (int target : List.copyOf(waiting.keySet())) {
      Fd descriptor = take(target);
      if (descriptor.number() != target) {
        moveAway(target);
        Fd placed = exactly(descriptor, target);
        descriptor.close();
        descriptor = placed;
      }
      descriptor.closeOnExec(false);
      // Nobody is to close it any more.
      int _ = descriptor.release();
    }
  }

  private Fd take(int target) {
    Fd descriptor = Objects.requireNonNull(waiting.remove(target));
    targetByNumber.remove(descriptor.number());
    return descriptor;
  }

  /** Finds another number for a descriptor that is still to be placed, if this is its number. */
  private void moveAway(int number) throws LinuxException {
    Integer target = targetByNumber.get(number);
    if (target != null) {
      try (Fd old = take(target)) {
        Fd moved = old.duplicate();
        waiting.put(target, moved);
        targetByNumber.put(moved.number(), target);
      }
    }
  }

  /** Duplicates under exactly that number, whatever is there. */
  private static Fd exactly(Fd descriptor, int number) throws LinuxException {
    CloseRange.close(number, number);
    Fd placed = descriptor.duplicate(number);
    if (placed.number() != number) {
      int got = placed.number();
      placed.close();
      throw new LinuxException(Errno.EBUSY, "fcntl", "wanted=" + number, "got=" + got);
    }
    return placed;
  }
}
