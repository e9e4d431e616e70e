// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import dev.luo.linux.internal.Kernel;
import dev.luo.linux.internal.Syscall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * What the kernel knows about the inode behind a descriptor.
 *
 * @param identity device and inode
 * @param mode type and permissions, as {@code stat} gives them; anonymous inodes may have no type
 * @param links how many names it has; 0 for memfds and unlinked files
 * @param owner the user that owns it
 * @param group the group that owns it
 * @param byteSize its size in bytes
 * @param allocatedBytes how many bytes it takes up, holes left out
 * @param blockSize the unit the file system prefers; the size of a page for a memfd of huge pages
 * @param deviceNumber which device it is, if it is one; otherwise 0
 * @param mountId the mount through which it was opened, where the kernel tells (Linux 5.8)
 * @param modified when its contents last changed
 */
public record FileStatus(
    FileIdentity identity,
    int mode,
    int links,
    int owner,
    int group,
    long byteSize,
    long allocatedBytes,
    int blockSize,
    long deviceNumber,
    OptionalLong mountId,
    Instant modified) {
  private static final int AT_EMPTY_PATH = 0x1000;
  private static final int STATX_INO = 0x100;
  private static final int STATX_BASIC_STATS = 0x7ff;
  private static final int STATX_MNT_ID = 0x1000;
  private static final int TYPE_MASK = 0170000;
  private static final int REGULAR = 0100000;

  /** The size of struct statx, and behind it the empty path. */
  private static final int STATX_SIZE = 256;

  /**
   * Asks the kernel.
   *
   * @param file the descriptor
   * @return what is so at this moment
   * @throws LinuxException EBADF if the number is not open
   */
  public static FileStatus of(Fd file) throws LinuxException {
    try (Fd.Hold held = file.hold()) {
      return read(held.number());
    }
  }

  static FileStatus read(int number) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      return decode(statx(arena, number, STATX_BASIC_STATS | STATX_MNT_ID));
    }
  }

  /** The identity alone, for callers that go through thousands of descriptors. */
  static FileIdentity readIdentity(int number) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      return identity(statx(arena, number, STATX_INO));
    }
  }

  private static MemorySegment statx(Arena arena, int number, int mask) throws LinuxException {
    MemorySegment statx = arena.allocate(STATX_SIZE + 8, 8);
    long path = statx.address() + STATX_SIZE;
    long result = Kernel.call(Syscall.STATX, number, path, AT_EMPTY_PATH, mask, statx.address());
    if (result < 0) {
      throw new LinuxException(Errno.ofResult(result), "statx", "fd=" + number);
    }
    return statx;
  }

  private static FileIdentity identity(MemorySegment statx) {
    return new FileIdentity(FileIdentity.device(u32(statx, 136), u32(statx, 140)), u64(statx, 32));
  }

  private static FileStatus decode(MemorySegment statx) {
    boolean hasMountId = (u32(statx, 0) & STATX_MNT_ID) != 0;
    return new FileStatus(
        identity(statx),
        statx.get(ValueLayout.JAVA_SHORT, 28) & 0xffff,
        (int) u32(statx, 16),
        (int) u32(statx, 20),
        (int) u32(statx, 24),
        u64(statx, 40),
        u64(statx, 48) * 512,
        (int) u32(statx, 4),
        FileIdentity.device(u32(statx, 128), u32(statx, 132)),
        hasMountId ? OptionalLong.of(u64(statx, 144)) : OptionalLong.empty(),
        Instant.ofEpochSecond(u64(statx, 112), u32(statx, 120)));
  }

  private static long u32(MemorySegment statx, long offset) {
    return Integer.toUnsignedLong(statx.get(ValueLayout.JAVA_INT, offset));
  }

  private static long u64(MemorySegment statx, long offset) {
    return statx.get(ValueLayout.JAVA_LONG, offset);
  }

  /**
   * Tells whether it is a regular file, which a memfd is, too.
   *
   * @return true if it is
   */
  public boolean isRegular() {
    return (mode & TYPE_MASK) == REGULAR;
  }

  /**
   * Tells the permissions.
   *
   * @return the mode without the type
   */
  public int permissions() {
    return mode & ~TYPE_MASK;
  }
}
