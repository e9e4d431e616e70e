// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import dev.luo.linux.internal.Kernel;
import dev.luo.linux.internal.Syscall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * How much of something this process may use.
 *
 * @param soft what holds now, or {@link #UNLIMITED}; taken as unsigned
 * @param hard up to where the process may raise it, or {@link #UNLIMITED}; taken as unsigned
 */
public record ResourceLimit(long soft, long hard) {
  /** No limit. */
  public static final long UNLIMITED = -1;

  /** What is limited. */
  public enum Resource {
    /** The size of a core dump, in bytes. */
    CORE(4),
    /** How many processes the user may have. */
    PROCESSES(6),
    /** One more than the highest number of a descriptor. */
    DESCRIPTORS(7),
    /** Memory that is locked or pinned, in bytes. */
    LOCKED_MEMORY(8),
    /** Memory that is mapped, in bytes. */
    ADDRESS_SPACE(9);

    private final int number;

    Resource(int number) {
      this.number = number;
    }
  }

  /**
   * Checks the limit.
   *
   * @throws IllegalArgumentException if the soft one is above the hard one
   */
  public ResourceLimit {
    if (Long.compareUnsigned(soft, hard) > 0) {
      throw new IllegalArgumentException(
          "soft limit " + text(soft) + " above hard limit " + text(hard));
    }
  }

  /**
   * Reads a limit of this process.
   *
   * @param resource what is limited
   * @return the limit
   * @throws LinuxException if the kernel does not know the resource
   */
  public static ResourceLimit get(Resource resource) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment limit = arena.allocate(ValueLayout.JAVA_LONG, 2);
      prlimit(resource, 0, limit.address());
      return new ResourceLimit(
          limit.getAtIndex(ValueLayout.JAVA_LONG, 0), limit.getAtIndex(ValueLayout.JAVA_LONG, 1));
    }
  }

  /**
   * Sets a limit of this process.
   *
   * @param resource what is limited
   * @param limit the limit from now on
   * @throws LinuxException EPERM if the hard limit may not be raised
   */
  public static void set(Resource resource, ResourceLimit limit) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocateFrom(ValueLayout.JAVA_LONG, limit.soft, limit.hard);
      prlimit(resource, memory.address(), 0);
    }
  }

  private static void prlimit(Resource resource, long limit, long before) throws LinuxException {
    long result = Kernel.call(Syscall.PRLIMIT64, 0, resource.number, limit, before);
    if (result < 0) {
      throw new LinuxException(Errno.ofResult(result), "prlimit64", "resource=" + resource);
    }
  }

  private static String text(long value) {
    return value == UNLIMITED ? "unlimited" : Long.toUnsignedString(value);
  }

  /**
   * Shows both values.
   *
   * @return such as {@code "1024 of 4096"} or {@code "1024 of unlimited"}
   */
  @Override
  public String toString() {
    return text(soft) + " of " + text(hard);
  }
}
