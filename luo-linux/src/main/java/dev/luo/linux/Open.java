// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import dev.luo.linux.internal.Kernel;
import dev.luo.linux.internal.Syscall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Opens files by name, close-on-exec. Names travel as UTF-8, whatever the locale. */
public final class Open {
  private static final int AT_FDCWD = -100;

  /** What a new file allows; the process's umask takes away from it. */
  private static final int DEFAULT_PERMISSIONS = 0666;

  private Open() {}

  /**
   * Opens a file.
   *
   * @param path its name, taken from the working directory of the process if it is relative
   * @param flags how; without an access mode for reading only
   * @return the owner of the new descriptor
   * @throws LinuxException ENOENT if there is none, EACCES or EPERM if it may not be opened so,
   *     EEXIST, EISDIR, ENXIO, ELOOP and others as the manual says
   */
  public static Fd file(String path, OpenFlag... flags) throws LinuxException {
    return open(null, path, DEFAULT_PERMISSIONS, flags);
  }

  /**
   * Opens a file relative to a directory.
   *
   * @param directory where a relative name begins
   * @param path the name
   * @param flags how; without an access mode for reading only
   * @return the owner of the new descriptor
   * @throws LinuxException as {@link #file}; ENOTDIR if the descriptor is no directory
   */
  public static Fd at(Fd directory, String path, OpenFlag... flags) throws LinuxException {
    return open(directory, path, DEFAULT_PERMISSIONS, flags);
  }

  /**
   * Opens a file, and if need be creates it with permissions other than the usual.
   *
   * @param path its name
   * @param permissions what a new file allows, such as {@code 0600}
   * @param flags how; without an access mode for reading only
   * @return the owner of the new descriptor
   * @throws LinuxException as {@link #file}
   */
  public static Fd withPermissions(String path, int permissions, OpenFlag... flags)
      throws LinuxException {
    return open(null, path, permissions, flags);
  }

  /**
   * Opens the file of a descriptor anew, through /proc, so that position and flags are its own.
   *
   * @param file the file; no socket
   * @param flags how; without an access mode for reading only
   * @return the owner of the new descriptor
   * @throws LinuxException ENXIO for a socket, EACCES if the file's permissions do not allow it
   */
  public static Fd again(Fd file, OpenFlag... flags) throws LinuxException {
    try (Fd.Hold held = file.hold()) {
      return open(null, ProcFs.path(held.number()).toString(), 0, flags);
    }
  }

  private static Fd open(@Nullable Fd directory, String path, int permissions, OpenFlag... flags)
      throws LinuxException {
    int bits = OpenFlag.CLOSE_ON_EXEC;
    for (OpenFlag flag : flags) {
      bits |= flag.bits();
    }
    try (Arena arena = Arena.ofConfined();
        Fd.@Nullable Hold held = directory == null ? null : directory.hold()) {
      int start = held == null ? AT_FDCWD : held.number();
      MemorySegment name = arena.allocateFrom(path);
      long result;
      do {
        result = Kernel.call(Syscall.OPENAT, start, name.address(), bits, permissions);
      } while (Kernel.interrupted(result));
      if (result < 0) {
        throw new LinuxException(
            Errno.ofResult(result), "openat", "path=" + path, "flags=" + Arrays.toString(flags));
      }
      return Fd.adopt((int) result);
    }
  }
}
