// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import dev.luo.linux.internal.Kernel;
import dev.luo.linux.internal.Linkage;
import dev.luo.linux.internal.NativeMemory;
import dev.luo.linux.internal.Syscall;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Memory of a file, mapped until it is closed.
 *
 * <p>The mapping holds the file by itself: the descriptor may be closed. Closing the mapping unmaps
 * the memory and makes {@link #segment} inaccessible; it fails with {@link IllegalStateException}
 * while a call of this module uses the segment in another thread.
 *
 * <p>Where the foreign linker is not up yet, a memfd or regular file is mapped by a {@link
 * FileChannel} that opens it anew through /proc, since that takes a fraction of the time; the
 * result is the same. Memory is never executable.
 *
 * <p>Thread-safe.
 */
public final class Mapping implements AutoCloseable {
  private static final int PROT_READ = 1;
  private static final int PROT_WRITE = 2;
  private static final int MAP_SHARED = 1;
  private static final int MAP_PRIVATE = 2;
  private static final int MAP_ANONYMOUS = 0x20;
  private static final int MS_SYNC = 4;

  private final Arena arena;
  private final MemorySegment segment;
  private final Set<MapFlag> flags;

  private Mapping(Arena arena, MemorySegment segment, Set<MapFlag> flags) {
    this.arena = arena;
    this.segment = segment;
    this.flags = flags;
  }

  /**
   * Maps the beginning of a file.
   *
   * @param file the file; may be closed afterwards
   * @param byteSize how much of it
   * @param flags how; none for shared, readable and writable
   * @return the mapping
   * @throws LinuxException as {@link #map(Fd, long, long, MapFlag...)}
   */
  public static Mapping map(Fd file, long byteSize, MapFlag... flags) throws LinuxException {
    return map(file, 0, byteSize, flags);
  }

  /**
   * Maps a part of a file.
   *
   * @param file the file; may be closed afterwards
   * @param offset where the part begins, a multiple of the page size
   * @param byteSize how long it is
   * @param flags how; none for shared, readable and writable
   * @return the mapping
   * @throws LinuxException ENXIO if the part does not lie within the file, EACCES if the file is
   *     not open for what is asked, EPERM if a seal forbids it, EINVAL if the offset is no multiple
   *     of the page size, ENODEV if the file cannot be mapped, ENOMEM if there is no room
   * @throws IllegalArgumentException if offset is negative or size not positive
   */
  public static Mapping map(Fd file, long offset, long byteSize, MapFlag... flags)
      throws LinuxException {
    if (offset < 0 || byteSize <= 0) {
      throw new IllegalArgumentException(
          "nothing to map at offset " + offset + ", size " + byteSize);
    }
    Set<MapFlag> how = setOf(flags);
    if (!Linkage.isUp() && ChannelWay.suits(file, offset, how)) {
      return mapByChannel(file, offset, byteSize, how);
    }
    return mapByKernel(file, offset, byteSize, how);
  }

  /**
   * Maps memory that has no file, of zeros, private to this process.
   *
   * @param byteSize how much
   * @param flags how
   * @return the mapping
   * @throws LinuxException ENOMEM if there is no room
   * @throws IllegalArgumentException if size is not positive
   */
  public static Mapping anonymous(long byteSize, MapFlag... flags) throws LinuxException {
    if (byteSize <= 0) {
      throw new IllegalArgumentException("nothing to map, size " + byteSize);
    }
    Set<MapFlag> how = new HashSet<>(setOf(flags));
    how.add(MapFlag.PRIVATE);
    long address =
        Kernel.call(Syscall.MMAP, 0, byteSize, protection(how), MAP_ANONYMOUS | bits(how), -1, 0);
    if (address < 0) {
      throw new LinuxException(
          Errno.ofResult(address), "mmap", "fd=none", "size=" + byteSize, "flags=" + how);
    }
    return own(address, byteSize, how);
  }

  /** Not an EnumSet, which would bring up reflection in a fresh JVM. */
  private static Set<MapFlag> setOf(MapFlag... flags) {
    return Set.copyOf(Arrays.asList(flags));
  }

  static Mapping mapByKernel(Fd file, long offset, long byteSize, Set<MapFlag> how)
      throws LinuxException {
    long address;
    try (Fd.Hold held = file.hold()) {
      FileStatus status = FileStatus.read(held.number());
      if (status.isRegular()) {
        checkWithin(file, offset, byteSize, status.byteSize());
      }
      address =
          Kernel.call(Syscall.MMAP, 0, byteSize, protection(how), bits(how), held.number(), offset);
    }
    if (address < 0) {
      LinuxException failure =
          new LinuxException(
              Errno.ofResult(address),
              "mmap",
              file.describe(),
              "offset=" + offset,
              "size=" + byteSize,
              "flags=" + how);
      if (failure.errno().equals(Errno.EPERM) && how.equals(Set.of(MapFlag.READ_ONLY))) {
        // Before Linux 6.7 a write-sealed file could be mapped shared only from a description
        // opened for reading.
        return remapReadOnly(file, offset, byteSize, how, failure);
      }
      throw failure;
    }
    return own(address, byteSize, how);
  }

  private static Mapping remapReadOnly(
      Fd file, long offset, long byteSize, Set<MapFlag> how, LinuxException failure)
      throws LinuxException {
    try {
      return mapByChannel(file, offset, byteSize, how);
    } catch (LinuxException second) {
      failure.addSuppressed(second);
      throw failure;
    }
  }

  private static Mapping own(long address, long byteSize, Set<MapFlag> how) {
    Arena arena = Arena.ofShared();
    MemorySegment memory =
        NativeMemory.owned(
            address, byteSize, arena, () -> Kernel.call(Syscall.MUNMAP, address, byteSize));
    return new Mapping(arena, how.contains(MapFlag.READ_ONLY) ? memory.asReadOnly() : memory, how);
  }

  private static int protection(Set<MapFlag> how) {
    return how.contains(MapFlag.READ_ONLY) ? PROT_READ : PROT_READ | PROT_WRITE;
  }

  private static int bits(Set<MapFlag> how) {
    int bits = how.contains(MapFlag.PRIVATE) ? MAP_PRIVATE : MAP_SHARED;
    for (MapFlag flag : how) {
      bits |= flag.bits();
    }
    return bits;
  }

  private static void checkWithin(Fd file, long offset, long byteSize, long fileSize)
      throws LinuxException {
    if (offset > fileSize - byteSize) {
      // The kernel would map it and kill whoever touches it.
      throw new LinuxException(
          Errno.ENXIO, "mmap", file.describe(), "offset=" + offset, "size=" + byteSize);
    }
  }

  /** When and how a file channel does the same as mmap. */
  private static final class ChannelWay {
    private static final int PAGE = 4096;

    /** Whether it would do the same, and not fail where mmap would tell the reason better. */
    static boolean suits(Fd file, long offset, Set<MapFlag> how) throws LinuxException {
      boolean readOnly = how.contains(MapFlag.READ_ONLY);
      if (how.size() > (readOnly ? 1 : 0) || offset % PAGE != 0) {
        return false;
      }
      StatusFlags access = file.statusFlags();
      if (!access.isReadable() || !(readOnly || access.isWritable())) {
        return false;
      }
      FdKind kind = file.kind();
      return kind == FdKind.MEMFD || kind == FdKind.REGULAR_FILE;
    }
  }

  static Mapping mapByChannel(Fd file, long offset, long byteSize, Set<MapFlag> how)
      throws LinuxException {
    boolean readOnly = how.contains(MapFlag.READ_ONLY);
    Arena arena = Arena.ofShared();
    boolean mapped = false;
    try (Fd.Hold held = file.hold();
        FileChannel channel =
            readOnly
                ? FileChannel.open(ProcFs.path(held.number()), StandardOpenOption.READ)
                : FileChannel.open(
                    ProcFs.path(held.number()),
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE)) {
      // The whole file, then a slice of it: a part could be one that the JDK cannot unmap (huge
      // pages), and a channel
      // that maps beyond the end makes the file longer.
      long fileSize = channel.size();
      checkWithin(file, offset, byteSize, fileSize);
      MapMode mode = readOnly ? MapMode.READ_ONLY : MapMode.READ_WRITE;
      MemorySegment memory = channel.map(mode, 0, fileSize, arena).asSlice(offset, byteSize);
      mapped = true;
      return new Mapping(arena, memory, how);
    } catch (LinuxException failure) {
      throw failure;
    } catch (IOException failure) {
      return mapByKernel(file, offset, byteSize, how);
    } finally {
      if (!mapped) {
        arena.close();
      }
    }
  }

  /**
   * Gives access to the memory.
   *
   * @return a segment of exactly what was asked for, accessible from all threads until the mapping
   *     is closed
   */
  public MemorySegment segment() {
    return segment;
  }

  /**
   * Tells how large it is.
   *
   * @return the size in bytes
   */
  public long byteSize() {
    return segment.byteSize();
  }

  /**
   * Tells whether the memory can be written to.
   *
   * @return false if it was mapped {@link MapFlag#READ_ONLY}
   */
  public boolean isWritable() {
    return !flags.contains(MapFlag.READ_ONLY);
  }

  /**
   * Tells whether writes reach the file.
   *
   * @return false if it was mapped {@link MapFlag#PRIVATE}
   */
  public boolean isShared() {
    return !flags.contains(MapFlag.PRIVATE);
  }

  /**
   * Tells whether it is mapped.
   *
   * @return false once it has been closed
   */
  public boolean isOpen() {
    return segment.scope().isAlive();
  }

  /**
   * Advises the kernel about all of the memory.
   *
   * @param advice what to tell
   * @throws LinuxException EINVAL if the kernel does not know the advice or it does not fit the
   *     memory
   */
  public void advise(Advice advice) throws LinuxException {
    advise(advice, 0, byteSize());
  }

  /**
   * Advises the kernel about a part of the memory.
   *
   * @param advice what to tell
   * @param offset where the part begins, a multiple of the page size
   * @param byteSize how long it is
   * @throws LinuxException EINVAL if the kernel does not know the advice or it does not fit the
   *     memory, EFAULT or EHWPOISON if pages cannot be brought in
   */
  public void advise(Advice advice, long offset, long byteSize) throws LinuxException {
    long result = onMemory(Syscall.MADVISE, offset, byteSize, advice.number());
    if (result < 0) {
      throw new LinuxException(
          Errno.ofResult(result),
          "madvise",
          "offset=" + offset,
          "size=" + byteSize,
          "advice=" + advice);
    }
  }

  /**
   * Brings all pages in, writable if the mapping is, so that touching them later costs nothing.
   *
   * @throws LinuxException ENOMEM or EFAULT if that is not possible; EINVAL before Linux 5.14
   */
  public void populate() throws LinuxException {
    advise(isWritable() ? Advice.POPULATE_WRITE : Advice.POPULATE_READ);
  }

  /**
   * Waits until what was written to the memory has reached the file's storage.
   *
   * @throws LinuxException EIO if it has not
   */
  public void sync() throws LinuxException {
    long result = onMemory(Syscall.MSYNC, 0, byteSize(), MS_SYNC);
    if (result < 0) {
      throw new LinuxException(Errno.ofResult(result), "msync", "size=" + byteSize());
    }
  }

  private long onMemory(Syscall call, long offset, long byteSize, int argument) {
    MemorySegment part = segment.asSlice(offset, byteSize);
    MemorySegment none = MemorySegment.NULL;
    long result;
    do {
      result =
          Kernel.call(
              call, part, Kernel.number(byteSize), Kernel.number(argument), none, none, none);
    } while (Kernel.interrupted(result));
    return result;
  }

  /**
   * Unmaps the memory. Closing again has no effect.
   *
   * @throws IllegalStateException if a call of another thread uses the memory at this moment
   */
  @Override
  public synchronized void close() {
    if (isOpen()) {
      arena.close();
    }
  }

  /**
   * Shows size and flags.
   *
   * @return such as {@code "Mapping[4096 bytes, [READ_ONLY]]"}
   */
  @Override
  public String toString() {
    return "Mapping[" + byteSize() + " bytes, " + flags + (isOpen() ? "]" : ", closed]");
  }
}
