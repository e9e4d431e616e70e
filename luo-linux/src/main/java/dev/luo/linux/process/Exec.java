// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.process;

import dev.luo.linux.Errno;
import dev.luo.linux.LinuxException;
import dev.luo.linux.internal.CStrings;
import dev.luo.linux.internal.Kernel;
import dev.luo.linux.internal.Syscall;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Replaces the program of this process.
 *
 * <p>Process number, working directory, limits, children and those descriptors that are not
 * close-on-exec stay; everything else of the JVM is gone at once: no shutdown hook runs and no
 * stream is flushed. Nearly all descriptors the JDK opens would stay, so mark them with {@link
 * dev.luo.linux.CloseRange#closeOnExec} before.
 *
 * <p>Two things that would stay are put right: every thread of a JVM blocks SIGQUIT, and what the
 * JVM was started with ignored stays ignored. Handlers need no care, because the kernel resets
 * them.
 */
public final class Exec {
  private static final int SIG_SETMASK = 2;
  private static final long SIG_DFL = 0;
  private static final long SIG_IGN = 1;

  /** The size of a set of signals in the kernel. */
  private static final long SIGNAL_SET = 8;

  /** The size of the kernel's struct sigaction: handler, flags, restorer, mask. */
  private static final long SIGACTION = 32;

  private Exec() {}

  /**
   * Brings up all that {@link #replace} needs, so that the first call is as fast as any. Changes
   * nothing.
   *
   * <p>It executes the empty path, which the kernel refuses before it has looked at anything else.
   *
   * @throws LinuxException if the kernel refuses it for another reason: then {@link #replace} will
   *     not work either
   */
  public static void warm() throws LinuxException {
    LinuxException refusal = attempt(Command.of(""), Signals.ofBits(-1L));
    if (!refusal.errno().equals(Errno.ENOENT)) {
      throw refusal;
    }
  }

  /**
   * Executes a program in place of this one, with no signal blocked and none ignored. Never returns
   * normally.
   *
   * @param command what to run
   * @throws LinuxException ENOENT, EACCES, E2BIG, ENOEXEC, ETXTBSY and others as the manual says;
   *     this program then goes on, with its signals as they were
   */
  @SuppressWarnings(
      "DoNotCallSuggester") // it throws always, because otherwise nobody is left to return to
  public static void replace(Command command) throws LinuxException {
    replace(command, Set.of());
  }

  /**
   * Executes a program in place of this one, with no signal blocked. Never returns normally.
   *
   * @param command what to run
   * @param keepIgnored those signals that stay ignored if they are, such as {@link Signal#HUP}
   *     under {@code nohup}
   * @throws LinuxException as {@link #replace(Command)}
   */
  @SuppressWarnings(
      "DoNotCallSuggester") // it throws always, because otherwise nobody is left to return to
  public static void replace(Command command, Set<Signal> keepIgnored) throws LinuxException {
    throw attempt(command, keepIgnored);
  }

  /**
   * Executes a program in place of this one, with no signal blocked and none ignored. Never returns
   * normally.
   *
   * @param path the file to execute
   * @param arguments all arguments, the first of which is the name the program goes by
   * @param environment names and values of all variables
   * @throws LinuxException as {@link #replace(Command)}
   */
  @SuppressWarnings(
      "DoNotCallSuggester") // it throws always, because otherwise nobody is left to return to
  public static void replace(String path, List<String> arguments, Map<String, String> environment)
      throws LinuxException {
    replace(new Command(path, arguments, Environment.of(environment)));
  }

  /** Executes, or answers why not. */
  private static LinuxException attempt(Command command, Set<Signal> keepIgnored)
      throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment path = CStrings.allocate(arena, command.pathBytes());
      MemorySegment arguments = CStrings.allocateArray(arena, command.argumentBytes());
      MemorySegment environment = CStrings.allocateArray(arena, command.environment().entries());
      MemorySegment empty = arena.allocate(SIGNAL_SET, 8);
      MemorySegment mask = arena.allocate(SIGNAL_SET, 8);
      List<Ignored> reset = new ArrayList<>();
      long result;
      try {
        resetIgnored(arena, keepIgnored, reset);
        setMask(empty, mask);
        result =
            Kernel.call(Syscall.EXECVE, path.address(), arguments.address(), environment.address());
        setMask(mask, empty);
      } finally {
        for (Ignored signal : reset) {
          setAction(signal.signal(), signal.action().address(), 0);
        }
      }
      return new LinuxException(
          Errno.ofResult(result),
          "execve",
          "path=" + command.path(),
          "arguments=" + command.arguments());
    }
  }

  /** A signal that was ignored, and how. */
  private record Ignored(Signal signal, MemorySegment action) {}

  private static void resetIgnored(Arena arena, Set<Signal> keep, List<Ignored> reset)
      throws LinuxException {
    MemorySegment byDefault = arena.allocate(SIGACTION, 8);
    byDefault.set(ValueLayout.JAVA_LONG, 0, SIG_DFL);
    for (Signal signal : maybeIgnored()) {
      if (keep.contains(signal)) {
        continue;
      }
      MemorySegment action = arena.allocate(SIGACTION, 8);
      setAction(signal, 0, action.address());
      if (action.get(ValueLayout.JAVA_LONG, 0) == SIG_IGN) {
        setAction(signal, byDefault.address(), 0);
        reset.add(new Ignored(signal, action));
      }
    }
  }

  /**
   * One look at /proc saves asking for each of them, which takes milliseconds in a JVM that is not
   * warm.
   */
  private static Set<Signal> maybeIgnored() {
    try {
      return Signals.ofThread().ignored();
    } catch (IOException noProc) {
      return Signals.ofBits(-1L);
    }
  }

  private static void setAction(Signal signal, long action, long before) throws LinuxException {
    long result = Kernel.call(Syscall.RT_SIGACTION, signal.number(), action, before, SIGNAL_SET);
    if (result < 0) {
      throw new LinuxException(Errno.ofResult(result), "rt_sigaction", "signal=" + signal);
    }
  }

  private static void setMask(MemorySegment mask, MemorySegment before) throws LinuxException {
    long result =
        Kernel.call(
            Syscall.RT_SIGPROCMASK, SIG_SETMASK, mask.address(), before.address(), SIGNAL_SET);
    if (result < 0) {
      throw new LinuxException(Errno.ofResult(result), "rt_sigprocmask");
    }
  }
}
