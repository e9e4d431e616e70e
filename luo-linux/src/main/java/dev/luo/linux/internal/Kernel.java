// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.internal;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/**
 * Enters the kernel.
 *
 * <p>Everything goes through the C library's {@code syscall}, bound in two shapes only, because
 * linking a shape costs milliseconds and calling one costs nanoseconds. Results follow the kernel's
 * own convention: a failed call answers its error number, negated. The C library's error number is
 * captured within the same downcall, since the JVM may make system calls of its own between two of
 * ours.
 *
 * <p>The handles are linked at the first call, never by loading this class: {@link Linkage} lets
 * code that runs early in a fresh JVM choose a way that needs no linker, which takes tens of
 * milliseconds to come up.
 *
 * <p>No handle is {@code critical}: a critical call that blocks stops the whole JVM at its next
 * safepoint, and what it would save is a few nanoseconds of a system call.
 */
public final class Kernel {
  private static final int EINTR = 4;

  private Kernel() {}

  /**
   * Makes a call whose arguments are numbers, or addresses of memory that the caller keeps alive.
   *
   * @return the result, or the negated error number
   */
  public static long call(Syscall call, long a1, long a2, long a3, long a4, long a5, long a6) {
    MemorySegment captured = Capture.OF_THREAD.get();
    long result;
    try {
      result =
          (long)
              Numbers.SYSCALL.invokeExact(captured, (long) call.number(), a1, a2, a3, a4, a5, a6);
    } catch (Throwable thrown) {
      throw Failures.unchecked(thrown);
    }
    return result == -1 ? -Capture.errno(captured) : result;
  }

  /** {@link #call(Syscall, long, long, long, long, long, long)} with zeros. */
  public static long call(Syscall call, long a1) {
    return call(call, a1, 0, 0, 0, 0, 0);
  }

  /** {@link #call(Syscall, long, long, long, long, long, long)} with zeros. */
  public static long call(Syscall call, long a1, long a2) {
    return call(call, a1, a2, 0, 0, 0, 0);
  }

  /** {@link #call(Syscall, long, long, long, long, long, long)} with zeros. */
  public static long call(Syscall call, long a1, long a2, long a3) {
    return call(call, a1, a2, a3, 0, 0, 0);
  }

  /** {@link #call(Syscall, long, long, long, long, long, long)} with zeros. */
  public static long call(Syscall call, long a1, long a2, long a3, long a4) {
    return call(call, a1, a2, a3, a4, 0, 0);
  }

  /** {@link #call(Syscall, long, long, long, long, long, long)} with zeros. */
  public static long call(Syscall call, long a1, long a2, long a3, long a4, long a5) {
    return call(call, a1, a2, a3, a4, a5, 0);
  }

  /**
   * Makes a call some of whose arguments are memory that belongs to somebody else.
   *
   * <p>The linker keeps the arenas of all segments open until the call returns, even against
   * another thread that tries to close one. A number travels as {@link #number}.
   *
   * @return the result, or the negated error number
   */
  public static long call(
      Syscall call,
      MemorySegment a1,
      MemorySegment a2,
      MemorySegment a3,
      MemorySegment a4,
      MemorySegment a5,
      MemorySegment a6) {
    MemorySegment captured = Capture.OF_THREAD.get();
    long result;
    try {
      result =
          (long)
              Segments.SYSCALL.invokeExact(captured, (long) call.number(), a1, a2, a3, a4, a5, a6);
    } catch (Throwable thrown) {
      throw Failures.unchecked(thrown);
    }
    return result == -1 ? -Capture.errno(captured) : result;
  }

  /** A number in the place of a segment. */
  public static MemorySegment number(long value) {
    return MemorySegment.ofAddress(value);
  }

  /**
   * Whether a result says that a signal handler ran before the call did anything, so that it is to
   * be repeated.
   */
  public static boolean interrupted(long result) {
    return result == -EINTR;
  }

  /** Calls with six numbers. */
  private static final class Numbers {
    static final MethodHandle SYSCALL = link(ValueLayout.JAVA_LONG);
  }

  /** Calls with six segments. */
  private static final class Segments {
    static final MethodHandle SYSCALL = link(ValueLayout.ADDRESS);
  }

  private static MethodHandle link(ValueLayout argument) {
    MemoryLayout[] arguments = new MemoryLayout[7];
    Arrays.fill(arguments, argument);
    arguments[0] = ValueLayout.JAVA_LONG;
    MethodHandle handle =
        CLibrary.link(
            "syscall",
            FunctionDescriptor.of(ValueLayout.JAVA_LONG, arguments),
            Linker.Option.firstVariadicArg(1),
            Linker.Option.captureCallState("errno"));
    Linkage.markUp();
    return handle;
  }

  /**
   * Where a downcall leaves the C library's error number: one place for each thread, never freed
   * while it lives.
   */
  private static final class Capture {
    static final ThreadLocal<MemorySegment> OF_THREAD =
        ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(Linker.Option.captureStateLayout()));

    static int errno(MemorySegment captured) {
      return captured.get(ValueLayout.JAVA_INT, 0);
    }
  }
}
