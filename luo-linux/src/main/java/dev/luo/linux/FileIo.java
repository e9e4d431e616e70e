// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import dev.luo.linux.internal.Kernel;
import dev.luo.linux.internal.Linkage;
import dev.luo.linux.internal.Syscall;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Reads, writes and shapes files.
 *
 * <p>Memory is native: a segment on the heap is refused with {@link IllegalArgumentException}.
 * Calls that a signal interrupts before they did anything are repeated. A call that blocks pins the
 * carrier of a virtual thread.
 */
public final class FileIo {
  private static final int SEEK_SET = 0;
  private static final int SEEK_CUR = 1;
  private static final int SEEK_DATA = 3;
  private static final int SEEK_HOLE = 4;
  private static final int FALLOC_FL_KEEP_SIZE = 1;
  private static final int FALLOC_FL_PUNCH_HOLE = 2;

  private FileIo() {}

  /**
   * A part of a file.
   *
   * @param offset where it begins
   * @param byteSize how long it is
   */
  public record Extent(long offset, long byteSize) {}

  /**
   * Reads from where the file is positioned.
   *
   * @param file the file
   * @param buffer where the bytes go
   * @return how many bytes came; 0 at the end of the file, or if the buffer is empty
   * @throws LinuxException EAGAIN if it would have to wait and must not
   */
  public static long read(Fd file, MemorySegment buffer) throws LinuxException {
    return transfer(Syscall.READ, file, buffer, 0);
  }

  /**
   * Writes to where the file is positioned.
   *
   * @param file the file
   * @param bytes what to write
   * @return how many bytes were written, which may be fewer than there are
   * @throws LinuxException EAGAIN if it would have to wait and must not, EPERM if the file is
   *     sealed, EPIPE if nobody will read
   */
  public static long write(Fd file, MemorySegment bytes) throws LinuxException {
    return transfer(Syscall.WRITE, file, bytes, 0);
  }

  /**
   * Reads from a place, without moving the position.
   *
   * @param file the file
   * @param buffer where the bytes go
   * @param offset where to begin
   * @return how many bytes came; 0 at the end of the file, or if the buffer is empty
   * @throws LinuxException ESPIPE if the file has no places
   */
  public static long pread(Fd file, MemorySegment buffer, long offset) throws LinuxException {
    return transfer(Syscall.PREAD64, file, buffer, offset);
  }

  /**
   * Writes to a place, without moving the position.
   *
   * @param file the file
   * @param bytes what to write
   * @param offset where to begin
   * @return how many bytes were written, which may be fewer than there are
   * @throws LinuxException ESPIPE if the file has no places, EPERM if it is sealed
   */
  public static long pwrite(Fd file, MemorySegment bytes, long offset) throws LinuxException {
    return transfer(Syscall.PWRITE64, file, bytes, offset);
  }

  /**
   * Fills a buffer from a place.
   *
   * @param file the file
   * @param buffer what to fill
   * @param offset where to begin
   * @throws EOFException if the file ends before; the buffer is partly filled
   * @throws LinuxException as {@link #pread}
   */
  public static void preadFully(Fd file, MemorySegment buffer, long offset) throws IOException {
    long done = 0;
    while (done < buffer.byteSize()) {
      long count = pread(file, buffer.asSlice(done), offset + done);
      if (count == 0) {
        throw new EOFException(
            file.describe()
                + " ends "
                + (buffer.byteSize() - done)
                + " bytes before "
                + (offset + buffer.byteSize()));
      }
      done += count;
    }
  }

  /**
   * Writes all bytes to a place.
   *
   * @param file the file
   * @param bytes what to write
   * @param offset where to begin
   * @throws LinuxException as {@link #pwrite}; some of the bytes may have been written
   */
  public static void pwriteFully(Fd file, MemorySegment bytes, long offset) throws LinuxException {
    long done = 0;
    while (done < bytes.byteSize()) {
      done += pwrite(file, bytes.asSlice(done), offset + done);
    }
  }

  private static long transfer(Syscall call, Fd file, MemorySegment memory, long offset)
      throws LinuxException {
    try (Fd.Hold held = file.hold()) {
      MemorySegment number = Kernel.number(held.number());
      MemorySegment size = Kernel.number(memory.byteSize());
      MemorySegment place = Kernel.number(offset);
      long result;
      do {
        result =
            Kernel.call(call, number, memory, size, place, MemorySegment.NULL, MemorySegment.NULL);
      } while (Kernel.interrupted(result));
      if (result < 0) {
        throw new LinuxException(
            Errno.ofResult(result),
            call.toString(),
            "fd=" + held.number(),
            "count=" + memory.byteSize(),
            "offset=" + offset);
      }
      return result;
    }
  }

  /**
   * Tells how large a file is. Needs no foreign linker.
   *
   * @param file the file
   * @return its size in bytes
   * @throws LinuxException EBADF if the number is not open
   */
  public static long size(Fd file) throws LinuxException {
    if (Linkage.isUp()) {
      return FileStatus.of(file).byteSize();
    }
    try (Fd.Hold held = file.hold()) {
      try {
        return Files.size(ProcFs.path(held.number()));
      } catch (IOException failure) {
        throw Fd.cannotInspect(held.number(), failure);
      }
    }
  }

  /**
   * Makes a file shorter, or longer by a hole.
   *
   * @param file the file
   * @param byteSize its size from now on
   * @throws LinuxException EPERM if a seal forbids it, EINVAL if it is no file that has a size, or
   *     the size is no multiple of its huge pages
   */
  public static void truncate(Fd file, long byteSize) throws LinuxException {
    try (Fd.Hold held = file.hold()) {
      long result;
      do {
        result = Kernel.call(Syscall.FTRUNCATE, held.number(), byteSize);
      } while (Kernel.interrupted(result));
      if (result < 0) {
        throw new LinuxException(
            Errno.ofResult(result), "ftruncate", "fd=" + held.number(), "size=" + byteSize);
      }
    }
  }

  /**
   * Provides storage for a part of a file, so that writing there cannot fail for want of it.
   *
   * @param file the file; it grows if the part ends beyond its end
   * @param offset where the part begins
   * @param byteSize how long it is
   * @throws LinuxException ENOSPC if there is not that much, EPERM if a seal forbids it
   */
  public static void allocate(Fd file, long offset, long byteSize) throws LinuxException {
    fallocate(file, 0, offset, byteSize);
  }

  /**
   * Gives the storage of a part back; it reads as zeros afterwards. The size stays.
   *
   * @param file the file
   * @param offset where the part begins
   * @param byteSize how long it is
   * @throws LinuxException EPERM if a seal forbids it, EOPNOTSUPP if the file system cannot
   */
  public static void punchHole(Fd file, long offset, long byteSize) throws LinuxException {
    fallocate(file, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, offset, byteSize);
  }

  private static void fallocate(Fd file, int mode, long offset, long byteSize)
      throws LinuxException {
    try (Fd.Hold held = file.hold()) {
      long result;
      do {
        result = Kernel.call(Syscall.FALLOCATE, held.number(), mode, offset, byteSize);
      } while (Kernel.interrupted(result));
      if (result < 0) {
        throw new LinuxException(
            Errno.ofResult(result),
            "fallocate",
            "fd=" + held.number(),
            "mode=" + mode,
            "offset=" + offset,
            "size=" + byteSize);
      }
    }
  }

  /**
   * Waits until what was written has reached the storage.
   *
   * @param file the file
   * @throws LinuxException EIO if it has not
   */
  public static void sync(Fd file) throws LinuxException {
    try (Fd.Hold held = file.hold()) {
      long result = Kernel.call(Syscall.FSYNC, held.number());
      if (result < 0) {
        throw new LinuxException(Errno.ofResult(result), "fsync", "fd=" + held.number());
      }
    }
  }

  /**
   * Tells where reading and writing continue.
   *
   * @param file the file
   * @return the position
   * @throws LinuxException ESPIPE if the file has none
   */
  public static long position(Fd file) throws LinuxException {
    return seek(file, 0, SEEK_CUR);
  }

  /**
   * Decides where reading and writing continue, for all descriptors of this open file description.
   *
   * @param file the file
   * @param offset the position from now on
   * @throws LinuxException ESPIPE if the file has none
   */
  public static void position(Fd file, long offset) throws LinuxException {
    seek(file, offset, SEEK_SET);
  }

  /**
   * Lists the parts of a file that are not holes.
   *
   * <p>The position moves meanwhile and is put back, so nobody else should be reading from or
   * writing to it.
   *
   * @param file the file
   * @return in ascending order
   * @throws LinuxException ESPIPE if the file has no places
   */
  public static List<Extent> dataExtents(Fd file) throws LinuxException {
    long before = position(file);
    try {
      List<Extent> extents = new ArrayList<>();
      OptionalLong data = seekData(file, 0);
      while (data.isPresent()) {
        long start = data.getAsLong();
        long end = seek(file, start, SEEK_HOLE);
        extents.add(new Extent(start, end - start));
        data = seekData(file, end);
      }
      return extents;
    } finally {
      position(file, before);
    }
  }

  private static OptionalLong seekData(Fd file, long from) throws LinuxException {
    try {
      return OptionalLong.of(seek(file, from, SEEK_DATA));
    } catch (LinuxException failure) {
      if (failure.errno().equals(Errno.ENXIO)) {
        return OptionalLong.empty();
      }
      throw failure;
    }
  }

  private static long seek(Fd file, long offset, int whence) throws LinuxException {
    try (Fd.Hold held = file.hold()) {
      long result = Kernel.call(Syscall.LSEEK, held.number(), offset, whence);
      if (result < 0) {
        throw new LinuxException(
            Errno.ofResult(result),
            "lseek",
            "fd=" + held.number(),
            "offset=" + offset,
            "whence=" + whence);
      }
      return result;
    }
  }
}
