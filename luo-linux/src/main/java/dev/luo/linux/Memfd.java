// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import dev.luo.linux.internal.Kernel;
import dev.luo.linux.internal.Syscall;
import java.lang.foreign.Arena;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Anonymous memory with a descriptor: files that live as long as somebody holds or maps them.
 *
 * <p>A memfd is used as any file is, through {@link FileIo}, {@link FileStatus} and {@link
 * Mapping}; here is what only a memfd has.
 */
public final class Memfd {
  private static final int MFD_CLOEXEC = 1;

  private Memfd() {}

  /**
   * Creates an empty memfd, close-on-exec.
   *
   * @param name shown by /proc and {@link Fd#describe}; need not be unique
   * @param flags what it is to be like
   * @return the owner of the new descriptor
   * @throws LinuxException EINVAL if the name has more than 249 bytes or the kernel does not know a
   *     flag, ENOENT if it knows no huge pages of that size, EMFILE if the process has as many
   *     descriptors as it may
   */
  public static Fd create(String name, MemfdFlag... flags) throws LinuxException {
    return create(name, List.of(flags));
  }

  /**
   * Creates an empty memfd, close-on-exec.
   *
   * @param name shown by /proc and {@link Fd#describe}; need not be unique
   * @param flags what it is to be like
   * @return the owner of the new descriptor
   * @throws LinuxException as {@link #create(String, MemfdFlag...)}
   */
  public static Fd create(String name, Set<MemfdFlag> flags) throws LinuxException {
    return create(name, (Collection<MemfdFlag>) flags);
  }

  private static Fd create(String name, Collection<MemfdFlag> flags) throws LinuxException {
    int bits = MFD_CLOEXEC;
    for (MemfdFlag flag : flags) {
      bits |= flag.bits();
    }
    try (Arena arena = Arena.ofConfined()) {
      long result = Kernel.call(Syscall.MEMFD_CREATE, arena.allocateFrom(name).address(), bits);
      if (result < 0) {
        throw new LinuxException(
            Errno.ofResult(result), "memfd_create", "name=" + name, "flags=" + flags);
      }
      return Fd.adopt((int) result);
    }
  }

  /**
   * Tells the name a memfd was created with.
   *
   * @param memfd the memfd
   * @return its name
   * @throws LinuxException EINVAL if it is no memfd, EBADF if the number is not open
   */
  public static String name(Fd memfd) throws LinuxException {
    if (memfd.kind() != FdKind.MEMFD) {
      throw new LinuxException(
          Errno.EINVAL, "readlink", "fd=" + memfd.number(), "target=" + memfd.target());
    }
    return Descriptions.memfdName(memfd.target());
  }

  /**
   * Tells how a memfd is sealed.
   *
   * @param memfd the memfd
   * @return its seals
   * @throws LinuxException EINVAL if the file knows no seals
   */
  public static SealSet seals(Fd memfd) throws LinuxException {
    return new SealSet(Fcntl.F_GET_SEALS.on(memfd, 0));
  }

  /**
   * Adds seals, for good.
   *
   * @param memfd the memfd, open for writing
   * @param seals what to add
   * @throws LinuxException EPERM if it is sealed against seals or not open for writing, EBUSY if
   *     {@link Seal#WRITE} is asked for while a writable shared mapping exists, EINVAL if the file
   *     knows no seals
   */
  public static void addSeals(Fd memfd, SealSet seals) throws LinuxException {
    Fcntl.F_ADD_SEALS.on(memfd, seals.bits());
  }

  /**
   * Adds seals, for good.
   *
   * @param memfd the memfd, open for writing
   * @param seals what to add
   * @throws LinuxException as {@link #addSeals(Fd, SealSet)}
   */
  public static void addSeals(Fd memfd, Seal... seals) throws LinuxException {
    addSeals(memfd, SealSet.of(seals));
  }

  /**
   * Tells the size of the pages a memfd is made of.
   *
   * @param memfd the memfd
   * @return the size of a huge page if it is made of those, otherwise that of an ordinary page
   * @throws LinuxException EBADF if the number is not open
   */
  public static long pageSize(Fd memfd) throws LinuxException {
    return FileStatus.of(memfd).blockSize();
  }
}
