// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.process;

import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.LinuxException;
import dev.luo.linux.UnavailableException;
import dev.luo.linux.internal.CStrings;
import dev.luo.linux.internal.PosixSpawn;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Starts a program in a new process, which gets the descriptors named here and no others.
 *
 * <p>The standard streams are those of this process unless replaced. No signal is blocked or
 * ignored in the new process, unlike in the threads of a JVM.
 *
 * <p>The new process is a child that the JDK does not know: wait for it with {@link
 * PidFd#awaitStatus} or {@link PidFd#reap}, or it stays a zombie. Not thread-safe.
 */
public final class Spawn {
  private static final int FIRST_AFTER_STREAMS = 3;

  private final Command command;
  private final Map<Integer, Fd> descriptors = new TreeMap<>();
  private @Nullable String directory;
  private boolean newSession;

  private Spawn(Command command) {
    this.command = command;
  }

  /**
   * Begins with a program, in the working directory of this process.
   *
   * @param command what to run
   * @return the beginning
   */
  public static Spawn of(Command command) {
    return new Spawn(command);
  }

  /**
   * Passes a descriptor on.
   *
   * @param source the descriptor here, open until {@link #start} returns; stays with its owner
   * @param target its number there; 0, 1 and 2 replace the standard streams
   * @return this
   * @throws IllegalArgumentException if the number is negative or taken
   */
  public Spawn descriptor(Fd source, int target) {
    if (target < 0) {
      throw new IllegalArgumentException("no descriptor has the number " + target);
    }
    if (descriptors.putIfAbsent(target, source) != null) {
      throw new IllegalArgumentException("two descriptors are to have the number " + target);
    }
    return this;
  }

  /**
   * Starts the program in another working directory.
   *
   * @param path the directory
   * @return this
   */
  public Spawn directory(String path) {
    this.directory = path;
    return this;
  }

  /**
   * Starts the program in a session of its own, where signals of this one's terminal do not reach
   * it.
   *
   * @return this
   */
  public Spawn newSession() {
    this.newSession = true;
    return this;
  }

  /**
   * Starts the program. Returns when it has begun to run.
   *
   * @return the process
   * @throws LinuxException ENOENT, EACCES, ENOEXEC or E2BIG if the program cannot be executed,
   *     ENOENT if there is no such directory, EAGAIN if there may be no more processes, EMFILE if
   *     this one has as many descriptors as it may
   * @throws UnavailableException if the C library is older than glibc 2.34
   * @throws IllegalStateException if a descriptor has been closed
   */
  public PidFd start() throws LinuxException {
    Optional<String> missing = PosixSpawn.missingFunction();
    if (missing.isPresent()) {
      // To close what must not be inherited one by one would race with threads that open more.
      throw new UnavailableException(
          "the C library lacks " + missing.get(), Errno.ENOSYS, "posix_spawn");
    }
    List<Fd> duplicates = new ArrayList<>();
    try (PosixSpawn spawn = new PosixSpawn()) {
      int last = descriptors.isEmpty() ? -1 : Collections.max(descriptors.keySet());
      int free = Math.max(last + 1, FIRST_AFTER_STREAMS);
      for (Map.Entry<Integer, Fd> entry : descriptors.entrySet()) {
        // Duplicates lie above all targets, so no dup2 overwrites a source that is still needed,
        // and none has its own
        // number as target, which would leave it close-on-exec.
        Fd duplicate = entry.getValue().duplicate(free);
        duplicates.add(duplicate);
        spawn.duplicate(duplicate.number(), entry.getKey());
      }
      for (int number = FIRST_AFTER_STREAMS; number < free; number++) {
        if (!descriptors.containsKey(number)) {
          spawn.close(number);
        }
      }
      spawn.closeFrom(free);
      return run(spawn);
    } finally {
      duplicates.forEach(Fd::close);
    }
  }

  private PidFd run(PosixSpawn spawn) throws LinuxException {
    SegmentAllocator allocator = spawn.allocator();
    spawn.resetSignals(newSession);
    if (directory != null) {
      spawn.changeDirectory(
          CStrings.allocate(allocator, directory.getBytes(StandardCharsets.UTF_8)));
    }
    MemorySegment path = CStrings.allocate(allocator, command.pathBytes());
    MemorySegment arguments = CStrings.allocateArray(allocator, command.argumentBytes());
    MemorySegment environment = CStrings.allocateArray(allocator, command.environment().entries());
    long result = spawn.start(path, arguments, environment);
    if (result < 0) {
      throw new LinuxException(
          Errno.ofResult(result),
          "posix_spawn",
          "path=" + command.path(),
          "arguments=" + command.arguments());
    }
    // The number is the child's until it is waited for, and only the descriptor made of it lets
    // anybody do so.
    return PidFd.open(result);
  }
}
