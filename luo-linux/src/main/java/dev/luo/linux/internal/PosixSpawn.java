// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.internal;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;

/**
 * The C library's {@code posix_spawn}.
 *
 * <p>Starting a process takes the C library: between the clone and the exec its child shares the
 * memory of the JVM, and only the C library knows how to keep both apart there. Every function
 * answers an error number, or 0.
 */
public final class PosixSpawn implements AutoCloseable {
  private static final short POSIX_SPAWN_SETSIGDEF = 4;
  private static final short POSIX_SPAWN_SETSIGMASK = 8;
  private static final short POSIX_SPAWN_SETSID = 0x80;

  /** More than any C library takes for its two opaque structures. */
  private static final long OPAQUE = 1024;

  /** The C library's signal sets have room for 1024 signals. */
  private static final long SIGNAL_SET = 128;

  /** Not of POSIX; the last of them came with glibc 2.34. */
  private static final List<String> EXTENSIONS =
      List.of("posix_spawn_file_actions_addclosefrom_np", "posix_spawn_file_actions_addchdir_np");

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment actions = arena.allocate(OPAQUE, 16);
  private final MemorySegment attributes = arena.allocate(OPAQUE, 16);

  /** The first function that this C library lacks; with any missing, nothing here can be used. */
  public static Optional<String> missingFunction() {
    return EXTENSIONS.stream().filter(name -> !CLibrary.has(name)).findFirst();
  }

  /** Begins the description of a process. */
  public PosixSpawn() {
    check(call(Handles.ACTIONS_INIT, actions));
    check(call(Handles.ATTRIBUTES_INIT, attributes));
  }

  /** Memory that lives as long as this does. */
  public SegmentAllocator allocator() {
    return arena;
  }

  /** The child gets a duplicate of one of our descriptors as {@code target}, not close-on-exec. */
  public void duplicate(int source, int target) {
    int result;
    try {
      result = (int) Handles.ADD_DUP2.invokeExact(actions, source, target);
    } catch (Throwable thrown) {
      throw Failures.unchecked(thrown);
    }
    check(result);
  }

  /** The child closes a number, open or not. */
  public void close(int number) {
    check(call(Handles.ADD_CLOSE, actions, number));
  }

  /** The child closes all numbers from one on. */
  public void closeFrom(int first) {
    check(call(Handles.ADD_CLOSE_FROM, actions, first));
  }

  /** The child changes its working directory. */
  public void changeDirectory(MemorySegment path) {
    check(call(Handles.ADD_CHDIR, actions, path));
  }

  /**
   * The child starts with no signal blocked and with the default action for each, and perhaps in a
   * new session.
   */
  public void resetSignals(boolean newSession) {
    MemorySegment none = arena.allocate(SIGNAL_SET, 8);
    MemorySegment all = arena.allocate(SIGNAL_SET, 8);
    all.set(ValueLayout.JAVA_LONG, 0, -1L);
    check(call(Handles.SET_SIGNAL_MASK, attributes, none));
    check(call(Handles.SET_SIGNAL_DEFAULT, attributes, all));
    int flags =
        POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | (newSession ? POSIX_SPAWN_SETSID : 0);
    int result;
    try {
      result = (int) Handles.SET_FLAGS.invokeExact(attributes, (short) flags);
    } catch (Throwable thrown) {
      throw Failures.unchecked(thrown);
    }
    check(result);
  }

  /**
   * Starts the process.
   *
   * @return its number, or the negated error number
   */
  public long start(MemorySegment path, MemorySegment arguments, MemorySegment environment) {
    MemorySegment pid = arena.allocate(ValueLayout.JAVA_INT);
    int result;
    try {
      result =
          (int) Handles.SPAWN.invokeExact(pid, path, actions, attributes, arguments, environment);
    } catch (Throwable thrown) {
      throw Failures.unchecked(thrown);
    }
    return result == 0 ? pid.get(ValueLayout.JAVA_INT, 0) : -result;
  }

  /** Gives back what the description takes. */
  @Override
  public void close() {
    try (arena) {
      check(call(Handles.ACTIONS_DESTROY, actions));
      check(call(Handles.ATTRIBUTES_DESTROY, attributes));
    }
  }

  /** These fail only for want of memory or for arguments that cannot come from here. */
  private static void check(int result) {
    if (result != 0) {
      throw new IllegalStateException("posix_spawn cannot be set up: error " + result);
    }
  }

  private static int call(MethodHandle function, MemorySegment first) {
    try {
      return (int) function.invokeExact(first);
    } catch (Throwable thrown) {
      throw Failures.unchecked(thrown);
    }
  }

  private static int call(MethodHandle function, MemorySegment first, MemorySegment second) {
    try {
      return (int) function.invokeExact(first, second);
    } catch (Throwable thrown) {
      throw Failures.unchecked(thrown);
    }
  }

  private static int call(MethodHandle function, MemorySegment first, int second) {
    try {
      return (int) function.invokeExact(first, second);
    } catch (Throwable thrown) {
      throw Failures.unchecked(thrown);
    }
  }

  /** Linked together: whoever needs one needs nearly all. */
  private static final class Handles {
    private static final AddressLayout POINTER = ValueLayout.ADDRESS;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

    static final MethodHandle ACTIONS_INIT = function("file_actions_init", POINTER);
    static final MethodHandle ACTIONS_DESTROY = function("file_actions_destroy", POINTER);
    static final MethodHandle ADD_DUP2 = function("file_actions_adddup2", POINTER, INT, INT);
    static final MethodHandle ADD_CLOSE = function("file_actions_addclose", POINTER, INT);
    static final MethodHandle ADD_CLOSE_FROM =
        function("file_actions_addclosefrom_np", POINTER, INT);
    static final MethodHandle ADD_CHDIR = function("file_actions_addchdir_np", POINTER, POINTER);
    static final MethodHandle ATTRIBUTES_INIT = function("attr_init", POINTER);
    static final MethodHandle ATTRIBUTES_DESTROY = function("attr_destroy", POINTER);
    static final MethodHandle SET_FLAGS =
        function("attr_setflags", POINTER, ValueLayout.JAVA_SHORT);
    static final MethodHandle SET_SIGNAL_MASK = function("attr_setsigmask", POINTER, POINTER);
    static final MethodHandle SET_SIGNAL_DEFAULT = function("attr_setsigdefault", POINTER, POINTER);
    static final MethodHandle SPAWN =
        CLibrary.link(
            "posix_spawn",
            FunctionDescriptor.of(INT, POINTER, POINTER, POINTER, POINTER, POINTER, POINTER));

    private static MethodHandle function(String name, ValueLayout... arguments) {
      String prefix = name.startsWith("attr") ? "posix_spawn" : "posix_spawn_";
      return CLibrary.link(prefix + name, FunctionDescriptor.of(INT, arguments));
    }
  }
}
